/** What lies between HTTP and the handlers: routes, requests, answers, errors, limits. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.http;
