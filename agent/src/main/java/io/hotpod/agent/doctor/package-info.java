/** Looks at a machine as an agent would find it, and says what to do about what is wrong. */
@NullMarked
package io.hotpod.agent.doctor;

import org.jspecify.annotations.NullMarked;
