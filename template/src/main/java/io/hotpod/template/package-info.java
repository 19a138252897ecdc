/** Placeholder. */
package io.hotpod.template;
