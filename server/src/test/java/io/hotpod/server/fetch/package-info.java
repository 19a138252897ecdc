/** Tests of reading from elsewhere, against real servers on the loopback interface. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.fetch;
