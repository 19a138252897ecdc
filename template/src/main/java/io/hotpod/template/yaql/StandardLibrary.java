package io.hotpod.template.yaql;

/** All functions together. */
final class StandardLibrary {
  static final Library INSTANCE = make();

  private StandardLibrary() {}

  private static Library make() {
    Library library = new Library();
    MathFunctions.register(library);
    TextFunctions.register(library);
    ListFunctions.register(library);
    DictFunctions.register(library);
    MergeFunctions.register(library);
    SetFunctions.register(library);
    EditFunctions.register(library);
    QueryFunctions.register(library);
    PlaceFunctions.register(library);
    FoldFunctions.register(library);
    GenerateFunctions.register(library);
    OrderFunctions.register(library);
    PatternFunctions.register(library);
    ContextFunctions.register(library);
    BranchFunctions.register(library);
    Comparisons.register(library);
    return library;
  }
}
