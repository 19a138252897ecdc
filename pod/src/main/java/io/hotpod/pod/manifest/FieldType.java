package io.hotpod.pod.manifest;

/** What a field of the Kubernetes model takes. */
sealed interface FieldType {
  /** A type without parts. */
  enum Simple implements FieldType {
    TEXT("a string"),
    /** Of 32 bits. */
    WHOLE("a whole number"),
    /** Of 64 bits. */
    LONG("a whole number"),
    FLAG("true or false"),
    QUANTITY("a quantity such as 500m or 64Mi"),
    WHOLE_OR_TEXT("a whole number or a string"),
    /** Nothing that a pod manifest may use here takes this; its value is not looked into. */
    ANY("a value");

    private final String words;

    Simple(String words) {
      this.words = words;
    }

    @Override
    public String words() {
      return words;
    }
  }

  /** A list of one type. */
  record ListOf(FieldType item) implements FieldType {
    @Override
    public String words() {
      return "a list";
    }
  }

  /** A map with free keys. */
  record MapOf(FieldType value) implements FieldType {
    @Override
    public String words() {
      return "a map";
    }
  }

  /** A map with the fields of a model class. */
  record ObjectOf(Class<?> model) implements FieldType {
    @Override
    public String words() {
      return "a map";
    }
  }

  /** What people call a value of this type. */
  String words();
}
