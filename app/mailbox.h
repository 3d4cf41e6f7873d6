#ifndef APP_MAILBOX_H
#define APP_MAILBOX_H

/*
 * Where the main thread sleeps: snapshots come in from the data thread, signals and keys from outside.
 *
 * A snapshot that was not fetched yet is replaced by a newer one: the screen only ever wants the
 * newest. Posting is for the data thread, everything else for the main thread.
 */

#include <stdbool.h>
#include <stdint.h>

struct mailbox;
struct snapshot;

/* From here on SIGINT, SIGTERM and SIGHUP come to the mailbox; call it before any thread is started. */
struct mailbox *mailbox_create(void);
void mailbox_destroy(struct mailbox *mailbox);

/* Takes the snapshot over and wakes the main thread. */
void mailbox_post(struct mailbox *mailbox, struct snapshot *snapshot);

/* From now on the main thread also wakes when this descriptor can be read, which is left to others. -1: none.
 */
void mailbox_watch(struct mailbox *mailbox, int fd);

/* Sleeps until a snapshot or a signal comes, or the deadline. The caller owns what it gets; NULL: none came.
 */
struct snapshot *mailbox_wait(struct mailbox *mailbox, int64_t deadline_monotonic_ms);

/* What mailbox_wait() would give now, without sleeping. */
struct snapshot *mailbox_take(struct mailbox *mailbox);

/* Whether a signal asked the program to end. */
bool mailbox_stop_requested(const struct mailbox *mailbox);

/* Whether SIGHUP asked for the board to be read again; true once. */
bool mailbox_reload_requested(struct mailbox *mailbox);

#endif
