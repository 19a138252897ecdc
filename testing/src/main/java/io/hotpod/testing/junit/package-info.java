/** How classes of tests that run side by side keep out of each other's way. */
@org.jspecify.annotations.NullMarked
package io.hotpod.testing.junit;
