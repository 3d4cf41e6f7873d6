#include "fetch/frame.h"

#include <string.h>

enum frame_state frame_read_reply(const struct text *received, struct reply_head *head)
{
    if (received->length < sizeof *head)
        return FRAME_PARTIAL;
    memcpy(head, received->bytes, sizeof *head);
    size_t came = received->length - sizeof *head;
    if (head->mapped > 1 || head->bytes > MOST_OUTPUT_BYTES || came > head->bytes)
        return FRAME_NONSENSE;
    return came == head->bytes ? FRAME_WHOLE : FRAME_PARTIAL;
}
