package io.hotpod.template;

/** A mention of a resource by another. */
public record ResourceReference(String resource, Place place) {}
