package io.hotpod.cli.process;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Options in their usual form, {@code --name value} and {@code --name=value}, each once. They are
 * read without picocli, whose classes and descriptions of all commands take time and memory.
 */
final class UsualForm {
  private UsualForm() {}

  /**
   * Reads options.
   *
   * @param words what follows the command's name
   * @param flags options that take no value
   * @param set takes an option and its value, empty for a flag; false when it does not know the
   *     option, or the option cannot have the value
   * @return false when the words are anything else, which is for picocli then
   */
  static boolean read(List<String> words, Set<String> flags, BiPredicate<String, String> set) {
    Set<String> given = new HashSet<>();
    Iterator<String> left = words.iterator();
    while (left.hasNext()) {
      String word = left.next();
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      boolean takesValue = !flags.contains(option);
      if (equals < 0 && takesValue && left.hasNext()) {
        value = left.next();
      }
      boolean usual = takesValue ? isUsual(value) : equals < 0;
      if (!usual || !given.add(option) || !set.test(option, value)) {
        return false;
      }
    }
    return true;
  }

  /** To picocli a value that begins with @ may be a file of arguments. */
  private static boolean isUsual(String value) {
    return !value.isBlank() && !value.startsWith("-") && !value.startsWith("@");
  }
}
