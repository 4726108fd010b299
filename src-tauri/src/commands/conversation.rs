//! Questions and answers.

use bantin_wire::ipc::conversation as wire;

super::json_commands! {
    conversation_list: wire::ConversationList;
    conversation_read: wire::ConversationRead;
    conversation_ask: wire::ConversationAsk;
    conversation_claim: wire::ConversationClaim;
    conversation_reply: wire::ConversationReply;
    conversation_rate: wire::ConversationRate;
    conversation_close: wire::ConversationClose;
    conversation_reopen: wire::ConversationReopen;
}
