/** Where an agent gets its desired pods from and sends its reports to. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.source;
