#ifndef FETCH_JQ_MESSAGE_H
#define FETCH_JQ_MESSAGE_H

/*
 * What libjq says of a filter that failed, without the values that it repeats from the answer: they may be a
 * person's (P02), and the message goes to the log and to the wall.
 */

#include "base/text.h"

/*
 * `string ("Mart...) and number (1) cannot be added` becomes `string (…) cannot be added`. Other messages,
 * those of a filter's own error("…") among them, stay as they are.
 */
void jq_message_without_values(const char *message, struct text *out);

#endif
