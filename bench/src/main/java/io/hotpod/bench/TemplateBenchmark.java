package io.hotpod.bench;

import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Where the time of a large template goes; {@code make bench-templates}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TemplateBenchmark {
  /** How large the template is. */
  @Param({"1000", "10000"})
  public int resources;

  private String text = "";
  private Template template = TemplateWork.parse(LargeTemplates.typical(1));
  private TemplateInstance instance = TemplateWork.instantiate(template);
  private final TemplateWork work = new TemplateWork();

  /** Makes what the benchmarks start from. */
  @Setup
  public void prepare() {
    text = LargeTemplates.typical(resources);
    template = TemplateWork.parse(text);
    instance = TemplateWork.instantiate(template);
  }

  @Benchmark
  public Object parse() {
    return TemplateWork.parse(text);
  }

  @Benchmark
  public Object instantiate() {
    return TemplateWork.instantiate(template);
  }

  @Benchmark
  public int resolve() {
    return TemplateWork.resolve(instance);
  }

  @Benchmark
  public Object validate() {
    return work.validate(text);
  }
}
