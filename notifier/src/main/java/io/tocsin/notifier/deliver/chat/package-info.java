/**
 * Tells chats: requests, limits and answers as each service documents them.
 * Touches no topic. Pure, but for remembered access tokens.
 */
@NullMarked
package io.tocsin.notifier.deliver.chat;

import org.jspecify.annotations.NullMarked;
