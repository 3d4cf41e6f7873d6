#ifndef APP_UNSEEN_H
#define APP_UNSEEN_H

/* The wall on a machine without a display. */

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "app/mailbox.h"
#include "base/error.h"

/* Draws what comes, for so long or until a signal; then the picture is written to `picture_path`. */
bool unseen_run(const struct config *config, struct mailbox *mailbox, int width_px, int height_px,
                int64_t for_ms, const char *picture_path, struct error *error);

#endif
