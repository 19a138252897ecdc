package io.hotpod.pod.manifest;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.DownwardAPIProjection;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeSource;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SleepAction;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a pod is honoured, field by field: the one table that says it. A field that Kubernetes
 * knows and this table does not name is refused as not supported yet; nothing is ever dropped in
 * silence. The runtimes rely on it: they never meet a field that is not honoured here.
 */
final class SupportedFields {
  private static final String FROM_API_SERVER = "is written by an API server; leave it out";
  private static final String SCHEDULING =
      "is for a scheduler, and there is none: a deployment names the instance of its pod";
  private static final String ACCOUNTS =
      "cannot be honoured, because no API server gives accounts; mount a secret instead";
  private static final String CLAIMS =
      "cannot be honoured, because no cluster provides storage; use hostPath or emptyDir";
  private static final String CLUSTER_STORAGE =
      "cannot be honoured, because no cluster attaches storage; mount it on the instance and use"
          + " hostPath";
  private static final String FOR_CLUSTERS =
      "cannot be honoured, because it comes from an API server; use secret or configMap";
  private static final Support.Refused NOT_YET = new Support.Refused("is not supported yet");

  private static final Map<Class<?>, SupportedFields> TABLE = new HashMap<>();

  static {
    of(Pod.class)
        .honoured("apiVersion", "kind", "metadata", "spec")
        .refused("says what was seen, not what is wanted; leave it out", "status");
    of(ObjectMeta.class)
        .honoured("name", "namespace")
        .text("labels", "annotations")
        .refused("makes up a name, but a pod here has a fixed one; use name", "generateName")
        .refused(FROM_API_SERVER, "creationTimestamp", "deletionGracePeriodSeconds")
        .refused(FROM_API_SERVER, "deletionTimestamp", "finalizers", "generation", "managedFields")
        .refused(FROM_API_SERVER, "ownerReferences", "resourceVersion", "selfLink", "uid");
    of(PodSpec.class)
        .honoured("containers", "initContainers", "volumes", "terminationGracePeriodSeconds")
        .honoured("hostname", "hostNetwork", "hostAliases", "securityContext")
        .honoured("hostIPC", "hostPID", "shareProcessNamespace", "activeDeadlineSeconds")
        .honoured("subdomain", "setHostnameAsFQDN", "dnsConfig", "imagePullSecrets")
        .values("restartPolicy", "Always", "OnFailure", "Never")
        .values("dnsPolicy", "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")
        .harmless("hostUsers", "true")
        .harmless("enableServiceLinks", "false", "true")
        .harmless("automountServiceAccountToken", ACCOUNTS, Set.of("false"))
        .refused(ACCOUNTS, "serviceAccountName", "serviceAccount")
        .harmless("schedulerName", SCHEDULING, Set.of("default-scheduler"))
        .refused(SCHEDULING, "nodeName", "nodeSelector", "affinity", "tolerations")
        .refused(SCHEDULING, "topologySpreadConstraints", "schedulingGates", "schedulingGroup")
        .refused(SCHEDULING, "priorityClassName", "priority", "preemptionPolicy")
        .refused(SCHEDULING, "overhead", "evictionResponders")
        .refused("cannot be honoured, because no cluster allots devices", "resourceClaims")
        .refused("are added to running pods only; leave it out", "ephemeralContainers")
        .refused("needs conditions that only a cluster sets; leave it out", "readinessGates");
    of(PodSecurityContext.class)
        .honoured("runAsUser", "runAsGroup", "runAsNonRoot", "fsGroup", "supplementalGroups")
        .honoured("sysctls", "seccompProfile", "appArmorProfile")
        .harmless("fsGroupChangePolicy", "Always", "OnRootMismatch")
        .harmless("supplementalGroupsPolicy", "Merge");
    of(Sysctl.class).honoured("name").text("value");
    of(SeccompProfile.class)
        .honoured("localhostProfile")
        .values("type", "RuntimeDefault", "Unconfined", "Localhost");
    of(AppArmorProfile.class)
        .honoured("localhostProfile")
        .values("type", "RuntimeDefault", "Unconfined", "Localhost");
    of(PodDNSConfig.class).honoured("nameservers", "searches", "options");
    of(PodDNSConfigOption.class).honoured("name").text("value");
    of(LocalObjectReference.class).honoured("name");
    of(Container.class)
        .honoured("name", "image", "workingDir", "ports", "env", "envFrom", "resources")
        .honoured("volumeMounts", "livenessProbe", "readinessProbe", "startupProbe")
        .honoured("securityContext", "tty", "stdin", "lifecycle", "terminationMessagePath")
        .text("command", "args")
        .values("restartPolicy", "Always")
        .values("imagePullPolicy", "Always", "IfNotPresent", "Never")
        .values("terminationMessagePolicy", "File", "FallbackToLogsOnError")
        .harmless("stdinOnce", "false");
    of(Lifecycle.class).honoured("postStart", "preStop");
    of(LifecycleHandler.class)
        .union()
        .honoured("exec", "httpGet", "sleep")
        .refused("is no hook that a kubelet carries out; use exec or httpGet", "tcpSocket");
    of(SleepAction.class).honoured("seconds");
    of(ContainerPort.class)
        .honoured("name", "containerPort", "hostPort", "hostIP")
        .values("protocol", "TCP", "UDP", "SCTP");
    of(EnvVar.class).honoured("name", "valueFrom").text("value");
    of(EnvVarSource.class)
        .union()
        .honoured("configMapKeyRef", "secretKeyRef", "fieldRef")
        .honoured("resourceFieldRef");
    of(ResourceFieldSelector.class).honoured("containerName", "resource", "divisor");
    of(ConfigMapKeySelector.class).honoured("name", "key", "optional");
    of(SecretKeySelector.class).honoured("name", "key", "optional");
    of(ObjectFieldSelector.class).honoured("fieldPath").harmless("apiVersion", "v1");
    of(EnvFromSource.class).union().honoured("prefix", "configMapRef", "secretRef");
    of(ConfigMapEnvSource.class).honoured("name", "optional");
    of(SecretEnvSource.class).honoured("name", "optional");
    of(ResourceRequirements.class)
        .honoured("limits", "requests")
        .refused("cannot be honoured, because no cluster allots devices", "claims");
    of(VolumeMount.class)
        .honoured("name", "mountPath", "readOnly", "subPath", "subPathExpr")
        .values("mountPropagation", "None", "HostToContainer", "Bidirectional")
        .harmless("recursiveReadOnly", "Disabled");
    of(Probe.class)
        .union()
        .honoured("exec", "httpGet", "tcpSocket", "initialDelaySeconds", "periodSeconds")
        .honoured("timeoutSeconds", "successThreshold", "failureThreshold")
        .honoured("terminationGracePeriodSeconds");
    of(ExecAction.class).text("command");
    of(HTTPGetAction.class)
        .honoured("host", "path", "port", "httpHeaders")
        .values("scheme", "HTTP", "HTTPS");
    of(HTTPHeader.class).honoured("name").text("value");
    of(TCPSocketAction.class).honoured("host", "port");
    of(SecurityContext.class)
        .honoured("runAsUser", "runAsGroup", "privileged", "readOnlyRootFilesystem")
        .honoured("capabilities", "allowPrivilegeEscalation", "runAsNonRoot")
        .honoured("seccompProfile", "appArmorProfile")
        .harmless("procMount", "Default");
    of(Capabilities.class).honoured("add", "drop");
    of(HostAlias.class).honoured("ip", "hostnames");
    of(Volume.class)
        .union()
        .honoured("name", "emptyDir", "hostPath", "configMap", "secret")
        .honoured("projected", "downwardAPI")
        .refused(CLAIMS, "persistentVolumeClaim", "ephemeral")
        .refused(CLUSTER_STORAGE, "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs")
        .refused(CLUSTER_STORAGE, "cinder", "csi", "fc", "flexVolume", "flocker", "glusterfs")
        .refused(CLUSTER_STORAGE, "gcePersistentDisk", "iscsi", "nfs", "photonPersistentDisk")
        .refused(CLUSTER_STORAGE, "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos")
        .refused(CLUSTER_STORAGE, "vsphereVolume")
        .refused("was given up by Kubernetes; clone in an init container instead", "gitRepo");
    of(EmptyDirVolumeSource.class).honoured("sizeLimit").values("medium", "Memory");
    of(ProjectedVolumeSource.class).honoured("sources", "defaultMode");
    of(VolumeProjection.class)
        .union()
        .honoured("configMap", "secret", "downwardAPI")
        .refused(ACCOUNTS, "serviceAccountToken")
        .refused(FOR_CLUSTERS, "clusterTrustBundle", "podCertificate");
    of(ConfigMapProjection.class).honoured("name", "items", "optional");
    of(SecretProjection.class).honoured("name", "items", "optional");
    of(DownwardAPIProjection.class).honoured("items");
    of(DownwardAPIVolumeSource.class).honoured("items", "defaultMode");
    of(DownwardAPIVolumeFile.class).honoured("path", "fieldRef", "resourceFieldRef", "mode");
    of(HostPathVolumeSource.class)
        .honoured("path")
        .values("type", "DirectoryOrCreate", "Directory", "FileOrCreate", "File")
        .values("type", "Socket", "CharDevice", "BlockDevice");
    of(ConfigMapVolumeSource.class).honoured("name", "items", "defaultMode", "optional");
    of(SecretVolumeSource.class).honoured("secretName", "items", "defaultMode", "optional");
    of(KeyToPath.class).honoured("key", "path", "mode");
  }

  private final Map<String, Support> fields = new HashMap<>();
  private boolean union;

  private SupportedFields() {}

  /** What happens to a field of a model class. */
  static Support of(Class<?> model, String field) {
    SupportedFields supported = TABLE.get(model);
    return supported == null ? NOT_YET : supported.fields.getOrDefault(field, NOT_YET);
  }

  /** Whether the class chooses among its fields, so that even an empty map says something. */
  static boolean union(Class<?> model) {
    SupportedFields supported = TABLE.get(model);
    return supported != null && supported.union;
  }

  /** The fields that the table names, by class. */
  static Map<Class<?>, Set<String>> named() {
    Map<Class<?>, Set<String>> named = new HashMap<>();
    TABLE.forEach((model, supported) -> named.put(model, Set.copyOf(supported.fields.keySet())));
    return named;
  }

  private static SupportedFields of(Class<?> model) {
    return TABLE.computeIfAbsent(model, key -> new SupportedFields());
  }

  private SupportedFields union() {
    union = true;
    return this;
  }

  private SupportedFields honoured(String... names) {
    return put(new Support.Honoured(), names);
  }

  private SupportedFields text(String... names) {
    return put(new Support.HonouredText(), names);
  }

  private SupportedFields values(String name, String... values) {
    Set<String> all = new LinkedHashSet<>();
    if (fields.get(name) instanceof Support.HonouredValues(Set<String> before)) {
      all.addAll(before);
    }
    all.addAll(List.of(values));
    return put(new Support.HonouredValues(all), name);
  }

  private SupportedFields harmless(String name, String... values) {
    return put(new Support.Harmless(Set.of(values), NOT_YET), name);
  }

  private SupportedFields harmless(String name, String otherwise, Set<String> values) {
    return put(new Support.Harmless(values, new Support.Refused(otherwise)), name);
  }

  private SupportedFields refused(String words, String... names) {
    return put(new Support.Refused(words), names);
  }

  private SupportedFields put(Support support, String... names) {
    for (String name : names) {
      fields.put(name, support);
    }
    return this;
  }
}
