// Package telegram is the chat side: it takes updates from Telegram by long polling, hands what is asked to an Answerer and shows the
// reply. It computes nothing and knows neither facts nor questions; what it says itself comes from Texts. It alone knows the bot library.
//
//	poller    getUpdates → updates, one after the other; those that came before are dropped
//	hear      a message → what it asks of the bot: a question, a command, or nothing
//	lines     one line of jobs a chat: in order within a chat, side by side across chats, bounded
//	sender    a Reply → messages: split, sent again where that helps, as plain text where the markup is refused
//
// The library's dispatcher and poller are not used. Its handlers run without order or bound, a panic in one ends the process, one update
// that it cannot decode stops its poller for good, and it ignores retry_after and a revoked token. Its calls are.
//
// An update is taken in two steps, so that another way of bringing updates only has to replace the first: take admits it (known by its
// id, put in its chat's line), the line's job deals with it. The poller confirms a batch once all of it is admitted.
package telegram
