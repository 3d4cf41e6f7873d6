#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/mailbox.h"
#include "base/arena.h"
#include "base/clock.h"
#include "model/snapshot.h"

enum { LONG_MS = 60000 };

static struct snapshot *some_snapshot(void)
{
    struct arena *arena = arena_create();
    struct snapshot *snapshot = arena_take(arena, 1, sizeof *snapshot);
    snapshot->arena = arena;
    return snapshot;
}

static void a_key_wakes_the_sleeper_long_before_its_deadline(void **state)
{
    (void)state;
    struct mailbox *mailbox = mailbox_create();
    int ends[2];
    char byte;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "k", 1), 1);
    mailbox_watch(mailbox, ends[0]);
    int64_t deadline_ms = clock_monotonic_ms() + LONG_MS;
    assert_null(mailbox_wait(mailbox, deadline_ms));
    assert_true(clock_monotonic_ms() < deadline_ms);
    assert_int_equal(read(ends[0], &byte, 1), 1); /* it is left to others */
    close(ends[0]);
    close(ends[1]);
    mailbox_destroy(mailbox);
}

static void without_keys_it_sleeps_until_its_deadline(void **state)
{
    (void)state;
    struct mailbox *mailbox = mailbox_create();
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    mailbox_watch(mailbox, ends[0]);
    int64_t deadline_ms = clock_monotonic_ms() + 20;
    assert_null(mailbox_wait(mailbox, deadline_ms));
    assert_true(clock_monotonic_ms() >= deadline_ms);
    close(ends[0]);
    close(ends[1]);
    mailbox_destroy(mailbox);
}

static void of_two_snapshots_the_newer_one_is_given(void **state)
{
    (void)state;
    struct mailbox *mailbox = mailbox_create();
    struct snapshot *newer = some_snapshot();
    mailbox_post(mailbox, some_snapshot());
    mailbox_post(mailbox, newer);
    assert_ptr_equal(mailbox_wait(mailbox, clock_monotonic_ms() + LONG_MS), newer);
    assert_null(mailbox_take(mailbox));
    snapshot_destroy(newer);
    mailbox_destroy(mailbox);
}

static void signals_are_requests(void **state)
{
    (void)state;
    struct mailbox *mailbox = mailbox_create();
    kill(getpid(), SIGHUP);
    mailbox_wait(mailbox, clock_monotonic_ms() + LONG_MS);
    assert_true(mailbox_reload_requested(mailbox));
    assert_false(mailbox_reload_requested(mailbox));
    assert_false(mailbox_stop_requested(mailbox));
    kill(getpid(), SIGTERM);
    mailbox_wait(mailbox, clock_monotonic_ms() + LONG_MS);
    assert_true(mailbox_stop_requested(mailbox));
    mailbox_destroy(mailbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_wakes_the_sleeper_long_before_its_deadline),
        cmocka_unit_test(without_keys_it_sleeps_until_its_deadline),
        cmocka_unit_test(of_two_snapshots_the_newer_one_is_given),
        cmocka_unit_test(signals_are_requests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
