# The project's front door. Run "make" for what it offers.

# Maven, the formatter and the tests all run on a Java 25 or later; this finds one.
export JAVA_HOME := $(shell scripts/find-java.sh 2>/dev/null)
# Maven itself touches what Java 25 warns of; and at each module it would tell that the toolchains plugin does not call
# itself thread-safe, though each module has a context of its own.
export MAVEN_OPTS ?= --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
  -Dorg.slf4j.simpleLogger.log.org.apache.maven.lifecycle.internal.builder.BuilderCommon=error
MAVEN = mvn -B --no-transfer-progress

.PHONY: help prerequisites client build package test test-heat test-podman5 dev demo bench bench-engine microbench fuzz lives docs format clean java
.DEFAULT_GOAL := help

help: ## list what there is
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name words; do \
	  printf '  make %-15s %s\n' "$$name" "$$words"; done

java:
	@test -n "$(JAVA_HOME)" || { scripts/find-java.sh; exit 1; }

prerequisites: ## install or name what the demo and the tests need (Podman, clients)
	@scripts/prerequisites.sh run test

client: ## install or name what the OpenStack client needs
	@scripts/prerequisites.sh test

build: java ## build the runnable directory packaging/target/hotpod, without tests
	$(MAVEN) -q -pl packaging -am -Dmaven.test.skip -Dspotless.check.skip package

package: build ## make a tar archive and Debian packages with a Java of their own, in packaging/target/packages
	@packaging/package.sh

test: java prerequisites ## every test, from units to real Podman; two modules at a time
	$(MAVEN) -T 2 verify

test-heat: java prerequisites ## life cycles under a real OpenStack Heat, which it installs as root
	@scripts/test-heat.sh $(MAVEN)

PODMAN5 = /var/tmp/hotpod-podman5
AGENT_TESTS = $(MAVEN) -pl agent -am -Dsurefire.failIfNoSpecifiedTests=false test
test-podman5: java prerequisites ## the agent's tests on the Podman 5 of a Debian 13, made in PODMAN5 with debootstrap as root
	$(AGENT_TESTS) -q -Dtest=TestFirstContainers
	scripts/with-podman5.sh $(PODMAN5) $(AGENT_TESTS) -o '-Dtest=io/hotpod/agent/runtime/podman/**/*,!TestRootlessPod,TestAgent,TestLeaving,TestHook'

dev: java ## server and one local agent in the foreground; DEV="--listen 127.0.0.1:8104" passes options
	@scripts/prerequisites.sh run
	@scripts/build-if-needed.sh
	./hotpod dev $(DEV)

demo: java ## the whole life of a stack on this machine, told in plain words
	@scripts/demo.sh

bench: java prerequisites build ## measure, and write docs/performance.md
	$(MAVEN) -q -pl bench -am -Dmaven.test.skip -Dspotless.check.skip compile
	$(JAVA_HOME)/bin/java -cp 'bench/target/classes:packaging/target/hotpod/lib/*' io.hotpod.bench.Figures .
	$(JAVA_HOME)/bin/java -cp 'bench/target/classes:packaging/target/hotpod/lib/*' io.hotpod.bench.AgentFigures .
	$(JAVA_HOME)/bin/java -cp 'bench/target/classes:testing/target/classes:packaging/target/hotpod/lib/*' \
	  io.hotpod.bench.KubeletFigures .
	$(JAVA_HOME)/bin/java -cp 'bench/target/classes:packaging/target/hotpod/lib/*' io.hotpod.bench.ApiFigures .
	$(MAKE) bench-engine

bench-engine: java ## the figures of the engine alone, on SQLite and on PostgreSQL
	$(MAVEN) -q -pl bench -am -Dmaven.test.skip -Dspotless.check.skip compile dependency:build-classpath \
	  -Dmdep.outputFile=target/classpath
	$(JAVA_HOME)/bin/java --enable-native-access=ALL-UNNAMED -cp "bench/target/classes:$$(cat bench/target/classpath)" \
	  io.hotpod.bench.EngineFigures .

microbench: java ## where the time of a large template goes, with JMH
	$(MAVEN) -q -pl bench -am -Dspotless.check.skip compile dependency:build-classpath -Dmdep.outputFile=target/classpath
	$(JAVA_HOME)/bin/java -cp "bench/target/classes:$$(cat bench/target/classpath)" org.openjdk.jmh.Main

fuzz: java ## look for texts that break a reader, ten minutes for each kind
	$(MAVEN) -pl fuzz -am test -Dtest=TestFuzzTargets -Dhotpod.fuzz.seconds=600 -Dsurefire.failIfNoSpecifiedTests=false
	tail -n 8 fuzz/target/fuzz/*.log

LIVES = 2000
SEED = 1000
lives: java ## LIVES=2000 random lives of stacks from SEED=1000 on, with processes that die; on SQLite, then on PostgreSQL
	$(MAVEN) -q -pl engine -am test -Dtest=TestLives -Dhotpod.lives=$(LIVES) -Dhotpod.lives.seed=$(SEED) \
	  -Dsurefire.failIfNoSpecifiedTests=false

docs: java ## write the pages of docs that say what the code says
	$(MAVEN) -q -pl engine -am test -Dhotpod.docs=write -Dtest=TestResourceTypesPage,TestStackTransitions -Dsurefire.failIfNoSpecifiedTests=false

format: java ## format the sources
	$(MAVEN) -q spotless:apply

clean: ## remove what was built
	rm -rf target */target
