#include "app/mailbox.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "model/snapshot.h"

struct mailbox {
    _Atomic(struct snapshot *) newest; /* the only thing that two threads touch */
    int posted_fd;
    int signal_fd;
    int watched_fd; /* -1: none */
    bool stop_requested, reload_requested;
};

/* Signals are blocked for good: also while everything is taken down nothing may cut that short. */
static int open_signals(void)
{
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &wanted, NULL);
    return signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

struct mailbox *mailbox_create(void)
{
    struct mailbox *mailbox = memory_create(1, sizeof *mailbox);
    mailbox->posted_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    mailbox->signal_fd = open_signals();
    mailbox->watched_fd = -1;
    if (mailbox->posted_fd < 0 || mailbox->signal_fd < 0) {
        /* signals are blocked by now: without their descriptor nothing could end the program */
        log_error("the main thread cannot be woken: %s", strerror(errno));
        abort();
    }
    return mailbox;
}

void mailbox_destroy(struct mailbox *mailbox)
{
    if (!mailbox)
        return;
    snapshot_destroy(atomic_load(&mailbox->newest));
    close(mailbox->posted_fd);
    close(mailbox->signal_fd);
    free(mailbox);
}

void mailbox_post(struct mailbox *mailbox, struct snapshot *snapshot)
{
    snapshot_destroy(atomic_exchange(&mailbox->newest, snapshot));
    uint64_t one = 1;
    /* fails only where the counter is full: then the sleeper is woken anyway */
    ssize_t ignored = write(mailbox->posted_fd, &one, sizeof one);
    (void)ignored;
}

void mailbox_watch(struct mailbox *mailbox, int fd)
{
    mailbox->watched_fd = fd;
}

static void sleep_until(struct mailbox *mailbox, int64_t deadline_monotonic_ms)
{
    struct pollfd fds[] = {{.fd = mailbox->posted_fd, .events = POLLIN},
                           {.fd = mailbox->signal_fd, .events = POLLIN},
                           {.fd = mailbox->watched_fd, .events = POLLIN}};
    int64_t left_ms = deadline_monotonic_ms - clock_monotonic_ms();
    if (left_ms < 0)
        left_ms = 0;
    poll(fds, 3, left_ms > 60000 ? 60000 : (int)left_ms);
}

static void take_signals(struct mailbox *mailbox)
{
    struct signalfd_siginfo signal;
    while (read(mailbox->signal_fd, &signal, sizeof signal) == (ssize_t)sizeof signal)
        if (signal.ssi_signo == SIGHUP)
            mailbox->reload_requested = true;
        else
            mailbox->stop_requested = true;
}

struct snapshot *mailbox_wait(struct mailbox *mailbox, int64_t deadline_monotonic_ms)
{
    sleep_until(mailbox, deadline_monotonic_ms);
    uint64_t count;
    ssize_t ignored = read(mailbox->posted_fd, &count, sizeof count);
    (void)ignored;
    take_signals(mailbox);
    return mailbox_take(mailbox);
}

struct snapshot *mailbox_take(struct mailbox *mailbox)
{
    return atomic_exchange(&mailbox->newest, NULL);
}

bool mailbox_stop_requested(const struct mailbox *mailbox)
{
    return mailbox->stop_requested;
}

bool mailbox_reload_requested(struct mailbox *mailbox)
{
    bool requested = mailbox->reload_requested;
    mailbox->reload_requested = false;
    return requested;
}
