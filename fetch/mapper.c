#include "fetch/mapper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/now.h"
#include "fetch/frame.h"
#include "fetch/sandbox.h"
#include "fetch/strikes.h"

/*
 * A job that is not done after JOB_MS is the filter's fault if it really had the processor, for JOB_CPU_MS.
 * On a machine that is too busy to run it, it is given time up to BUSY_MS.
 */
enum { JOB_MS = 3000, JOB_CPU_MS = 1500, BUSY_MS = 60000, LOOK_AGAIN_MS = 500 };
enum { RESTART_PAUSE_MS = 1000, READ_BYTES = 65536, KEPT_BYTES = 1 << 18 };

struct job {
    struct job *next;
    char *filter_name;
    struct text frame, answer; /* what the process is sent, one after the other */
    uint64_t settings_hash;
    int strikes;
    mapper_done *done; /* NULL: cancelled */
    void *context;
};

struct mapper {
    char *program_path;
    pid_t pid;  /* 0: no process */
    int socket; /* one for both directions, -1: no process */
    int64_t started_ms;

    struct job *first; /* is running if `running` */
    bool running;
    int64_t job_started_ms, job_started_cpu_ms, look_ms; /* when to see whether the job takes too long */
    size_t sent;
    struct text received;
    struct strikes *strikes;
};

static void finish_job(struct job *job)
{
    text_finish(&job->frame);
    text_finish(&job->answer);
    free(job->filter_name);
    free(job);
}

/* The process has the socket as its standard input and output, and nothing else of ours. */
static int spawn(const char *program_path, int its_end, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, restored;
    sigemptyset(&none);
    sigfillset(&restored);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, its_end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, its_end, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &restored);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    char *arguments[] = {"vigie-mapper", NULL}, *environment[] = {NULL};
    int fault = posix_spawn(pid, program_path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return fault;
}

static bool start_process(struct mapper *mapper, struct error *error)
{
    int ends[2];
    mapper->started_ms = clock_monotonic_ms();
    if (access(mapper->program_path, X_OK) != 0) {
        error_set(error, "%s cannot be started as mapper process: %s", mapper->program_path, strerror(errno));
        return false;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        error_set(error, "the mapper process cannot be reached: %s", strerror(errno));
        return false;
    }
    int fault = spawn(mapper->program_path, ends[1], &mapper->pid);
    close(ends[1]);
    if (fault != 0) {
        close(ends[0]);
        mapper->pid = 0;
        error_set(error, "%s cannot be started as mapper process: %s", mapper->program_path, strerror(fault));
        return false;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    mapper->socket = ends[0];
    return true;
}

/* Ends the process and gives how it ended. Killed processes are gone within microseconds. */
static int end_process(struct mapper *mapper)
{
    int status = 0;
    if (mapper->pid <= 0)
        return 0;
    kill(mapper->pid, SIGKILL);
    while (waitpid(mapper->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    close(mapper->socket);
    mapper->socket = -1;
    mapper->pid = 0;
    return status;
}

struct mapper *mapper_create(const char *program_path, struct error *error)
{
    struct mapper *mapper = memory_create(1, sizeof *mapper);
    mapper->program_path = memory_copy_text(program_path);
    mapper->socket = -1;
    mapper->strikes = strikes_create();
    struct error why = {0};
    if (!sandbox_available(&why))
        log_info("jq filters run without a fence around their system calls: %s", why.text);
    if (start_process(mapper, error))
        return mapper;
    mapper_destroy(mapper);
    return NULL;
}

void mapper_destroy(struct mapper *mapper)
{
    if (!mapper)
        return;
    end_process(mapper);
    while (mapper->first) {
        struct job *job = mapper->first;
        mapper->first = job->next;
        finish_job(job);
    }
    text_finish(&mapper->received);
    strikes_destroy(mapper->strikes);
    free(mapper->program_path);
    free(mapper);
}

/* Reckoned here: the process has no calendar of the site. */
static double midnight_s(double now_s)
{
    return (double)calendar_midnight_ms((int64_t)(now_s * 1000)) / 1000;
}

/* All but the answer, which is megabytes and is sent from where it lies. */
static void append_frame(struct text *frame, const struct mapper_job *job, size_t answer_bytes)
{
    struct job_head head = {.path_bytes = (uint32_t)strlen(job->filter_name),
                            .filter_bytes = (uint32_t)strlen(job->filter),
                            .cfg_bytes = (uint32_t)strlen(job->cfg_json),
                            .answer_bytes = (uint32_t)answer_bytes,
                            .now_s = job->now_s,
                            .today_s = midnight_s(job->now_s)};
    text_append_bytes(frame, (const char *)&head, sizeof head);
    text_append(frame, job->filter_name);
    text_append(frame, job->filter);
    text_append(frame, job->cfg_json);
}

/* Who had a filter stopped lately waits behind all others that have not begun. */
static void enqueue(struct mapper *mapper, struct job *job)
{
    struct job **at = &mapper->first;
    while (*at && (job->strikes > 0 || (*at)->strikes == 0 || (mapper->running && *at == mapper->first)))
        at = &(*at)->next;
    job->next = *at;
    *at = job;
}

void mapper_submit(struct mapper *mapper, const struct mapper_job *what, struct text *body, mapper_done *done,
                   void *context)
{
    struct job *job = memory_create(1, sizeof *job);
    job->filter_name = memory_copy_text(what->filter_name);
    job->settings_hash = text_hash(text_hash(TEXT_HASH_BEGIN, what->filter, strlen(what->filter)),
                                   what->cfg_json, strlen(what->cfg_json));
    job->strikes = strikes_count(mapper->strikes, context, job->settings_hash);
    job->done = done;
    job->context = context;
    append_frame(&job->frame, what, body->length);
    job->answer = *body;
    *body = (struct text){0};
    enqueue(mapper, job);
}

/* The handler may submit: the job is out of the queue before it is called. */
static void end_job(struct mapper *mapper, bool mapped, const struct text *output, const struct error *error)
{
    struct job *job = mapper->first;
    mapper->first = job->next;
    mapper->running = false;
    job->done(job->context, mapped, output, error);
    finish_job(job);
}

static void fail_job(struct mapper *mapper, const char *why)
{
    struct error error = {0};
    const struct text nothing = {0};
    error_set(&error, "%s: %s", mapper->first->filter_name, why);
    end_job(mapper, false, &nothing, &error);
}

/* The filter had to be stopped. */
static void strike_job(struct mapper *mapper, const char *why)
{
    strikes_add(mapper->strikes, mapper->first->context, mapper->first->settings_hash, why);
    fail_job(mapper, why);
}

static void refuse_job(struct mapper *mapper)
{
    struct error why = {0};
    error_set(
        &why,
        "switched off after it was stopped %d times in a row (%s); change the filter or the source's cfg, "
        "it is tried again then",
        MOST_STRIKES, strikes_reason(mapper->strikes, mapper->first->context));
    fail_job(mapper, why.text);
}

static const char *why_ended(int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == MAPPER_EXIT_MEMORY)
        return "the filter wanted more memory than it may have (256 MiB) and was stopped; ask for less at a "
               "time";
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        return "the filter or the answer made libjq reach outside its fence and was stopped";
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        return "the filter or the answer made libjq crash (nested too deep, or a fault of libjq's)";
    return "the mapper process ended while the filter was running";
}

/* The process is gone or talks nonsense: only the job that it had has failed. */
static void lose_process(struct mapper *mapper)
{
    int status = end_process(mapper);
    if (mapper->running)
        strike_job(mapper, why_ended(status));
}

/* Whether a process is there; a lost one comes back, but not more than once a second. */
static bool process_ready(struct mapper *mapper, int64_t now_monotonic_ms)
{
    if (mapper->pid > 0)
        return true;
    if (now_monotonic_ms < mapper->started_ms + RESTART_PAUSE_MS)
        return false;
    struct error error = {0};
    if (start_process(mapper, &error))
        return true;
    fail_job(mapper, error.text);
    return false;
}

/* A large one's memory goes back, a small one's is used again. */
static void forget_reply(struct mapper *mapper)
{
    if (mapper->received.capacity > KEPT_BYTES)
        text_finish(&mapper->received);
    mapper->received.length = 0;
}

static void begin_job(struct mapper *mapper, int64_t now_monotonic_ms)
{
    mapper->running = true;
    mapper->job_started_ms = now_monotonic_ms;
    mapper->job_started_cpu_ms = clock_process_ms(mapper->pid);
    mapper->look_ms = now_monotonic_ms + JOB_MS;
    mapper->sent = 0;
    forget_reply(mapper);
}

static bool all_is_sent(const struct mapper *mapper)
{
    return mapper->sent == mapper->first->frame.length + mapper->first->answer.length;
}

/* What of the text is left after its first `behind` bytes; `behind` may be past its end. */
static struct iovec rest_of(const struct text *text, size_t behind)
{
    size_t from = behind < text->length ? behind : text->length;
    return (struct iovec){.iov_base = text->bytes ? text->bytes + from : NULL,
                          .iov_len = text->length - from};
}

/* Sends what the socket takes. False: nothing could be sent. */
static bool send_some(struct mapper *mapper)
{
    const struct text *frame = &mapper->first->frame, *answer = &mapper->first->answer;
    if (all_is_sent(mapper))
        return false;
    size_t of_answer = mapper->sent > frame->length ? mapper->sent - frame->length : 0;
    struct iovec parts[] = {rest_of(frame, mapper->sent), rest_of(answer, of_answer)};
    ssize_t put = sendmsg(mapper->socket, &(struct msghdr){.msg_iov = parts, .msg_iovlen = 2}, MSG_NOSIGNAL);
    if (put > 0)
        mapper->sent += (size_t)put;
    else if (put < 0 && errno != EAGAIN && errno != EINTR)
        lose_process(mapper);
    return put > 0;
}

/* The reply is handed on where it lies: it may be megabytes. */
static void take_reply(struct mapper *mapper, const struct reply_head *head)
{
    struct text nothing = {0},
                content = {.bytes = mapper->received.bytes + sizeof *head, .length = head->bytes};
    struct error error = {0};
    if (head->mapped) {
        strikes_forgive(mapper->strikes, mapper->first->context);
        end_job(mapper, true, &content, &error);
    } else {
        error_set(&error, "%s", content.bytes);
        end_job(mapper, false, &nothing, &error);
    }
    forget_reply(mapper);
}

/* Receives what is there. False: nothing was. */
static bool receive_some(struct mapper *mapper)
{
    char part[READ_BYTES];
    ssize_t got = recv(mapper->socket, part, sizeof part, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got > 0)
        text_append_bytes(&mapper->received, part, (size_t)got);
    struct reply_head head;
    enum frame_state state = frame_read_reply(&mapper->received, &head);
    if (got <= 0 || !mapper->running || state == FRAME_NONSENSE) {
        lose_process(mapper);
        return false;
    }
    if (state == FRAME_WHOLE)
        take_reply(mapper, &head);
    return true;
}

static bool had_the_processor(const struct mapper *mapper)
{
    int64_t used_ms = clock_process_ms(mapper->pid);
    return used_ms < 0 || used_ms - mapper->job_started_cpu_ms >= JOB_CPU_MS;
}

static void stop_overdue_job(struct mapper *mapper, int64_t now_monotonic_ms)
{
    if (!mapper->running || now_monotonic_ms < mapper->look_ms)
        return;
    if (had_the_processor(mapper)) {
        end_process(mapper);
        strike_job(mapper, "the filter ran for more than 3 s and was stopped; it must end by itself, or be "
                           "given less");
    } else if (now_monotonic_ms >= mapper->job_started_ms + BUSY_MS) {
        end_process(mapper);
        fail_job(mapper, "the machine was too busy to run the filter for a minute; it is tried again");
    } else {
        mapper->look_ms = now_monotonic_ms + LOOK_AGAIN_MS;
    }
}

/* One move on the way; false: there is nothing to do until a descriptor is ready or time has passed. */
static bool make_a_move(struct mapper *mapper, int64_t now_monotonic_ms)
{
    if (mapper->first && !mapper->running && mapper->first->strikes >= MOST_STRIKES) {
        refuse_job(mapper);
        return true;
    }
    if (mapper->first && !mapper->running) {
        if (!process_ready(mapper, now_monotonic_ms))
            return false;
        begin_job(mapper, now_monotonic_ms);
    }
    if (mapper->running && send_some(mapper))
        return true;
    return mapper->pid > 0 && receive_some(mapper);
}

void mapper_step(struct mapper *mapper, int64_t now_monotonic_ms)
{
    while (make_a_move(mapper, now_monotonic_ms))
        continue;
    stop_overdue_job(mapper, now_monotonic_ms);
}

size_t mapper_poll_fds(struct mapper *mapper, struct pollfd *fds, int64_t *deadline_monotonic_ms)
{
    if (mapper->running)
        *deadline_monotonic_ms = earlier_ms(*deadline_monotonic_ms, mapper->look_ms);
    else if (mapper->first)
        *deadline_monotonic_ms =
            earlier_ms(*deadline_monotonic_ms, mapper->pid > 0 ? 0 : mapper->started_ms + RESTART_PAUSE_MS);
    if (mapper->pid <= 0)
        return 0;
    bool unsent = mapper->running && !all_is_sent(mapper);
    fds[0] = (struct pollfd){.fd = mapper->socket, .events = (short)(unsent ? POLLIN | POLLOUT : POLLIN)};
    return 1;
}
