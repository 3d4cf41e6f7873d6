#include "fetch/mapper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "fetch/filter_file.h"
#include "fetch/frame.h"

enum { JOB_MS = 3000, RESTART_PAUSE_MS = 1000, READ_BYTES = 65536 };

struct job {
    struct job *next;
    char *filter_path;
    struct text frame;  /* what the process is sent */
    struct error fault; /* set: the job failed before it began */
    mapper_done *done;  /* NULL: cancelled */
    void *context;
};

struct mapper {
    char *program_path;
    pid_t pid;  /* 0: no process */
    int socket; /* one for both directions, -1: no process */
    int64_t started_ms;

    struct job *first, *last; /* the first is running if `running` */
    bool running;
    int64_t job_started_ms;
    size_t sent;
    struct text received;
};

static void finish_job(struct job *job)
{
    text_finish(&job->frame);
    free(job->filter_path);
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

    char *arguments[] = {"vigie", "--mapper", NULL}, *environment[] = {NULL};
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
    free(mapper->program_path);
    free(mapper);
}

static void append_frame(struct text *frame, const char *path, const struct text *program, const char *cfg,
                         double now_s, const struct text *answer)
{
    struct job_head head = {.path_bytes = (uint32_t)strlen(path),
                            .filter_bytes = (uint32_t)program->length,
                            .cfg_bytes = (uint32_t)strlen(cfg),
                            .answer_bytes = (uint32_t)answer->length,
                            .now_s = now_s};
    text_append_bytes(frame, (const char *)&head, sizeof head);
    text_append(frame, path);
    text_append_bytes(frame, text_bytes(program), program->length);
    text_append(frame, cfg);
    text_append_bytes(frame, text_bytes(answer), answer->length);
}

/* The filter is read at each job: it is small, and an edited one works from the next poll on. */
void mapper_submit(struct mapper *mapper, const char *filter_path, const char *cfg_json, double now_s,
                   struct text *body, mapper_done *done, void *context)
{
    struct job *job = memory_create(1, sizeof *job);
    struct text program = {0};
    job->filter_path = memory_copy_text(filter_path);
    job->done = done;
    job->context = context;
    if (filter_file_read(filter_path, &program, &job->fault))
        append_frame(&job->frame, filter_path, &program, cfg_json, now_s, body);
    text_finish(&program);
    text_finish(body);

    if (mapper->first)
        mapper->last->next = job;
    else
        mapper->first = job;
    mapper->last = job;
}

void mapper_cancel(struct mapper *mapper, const void *context)
{
    for (struct job *job = mapper->first; job; job = job->next)
        if (job->context == context)
            job->done = NULL;
}

/* The handler may submit and cancel: the job is out of the queue before it is called. */
static void end_job(struct mapper *mapper, bool mapped, const struct text *output, const struct error *error)
{
    struct job *job = mapper->first;
    mapper->first = job->next;
    mapper->running = false;
    if (job->done)
        job->done(job->context, mapped, output, error);
    finish_job(job);
}

static void fail_job(struct mapper *mapper, const char *why)
{
    struct error error = {0};
    const struct text nothing = {0};
    error_set(&error, "%s: %s", mapper->first->filter_path, why);
    end_job(mapper, false, &nothing, &error);
}

static const char *why_ended(int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == MAPPER_EXIT_MEMORY)
        return "the filter wanted more memory than it may have (256 MiB) and was stopped";
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
        return "the filter made libjq give up (out of memory, or a fault of libjq's)";
    return "the mapper process ended while the filter was running";
}

/* The process is gone or talks nonsense: only the job that it had has failed. */
static void lose_process(struct mapper *mapper)
{
    int status = end_process(mapper);
    if (mapper->running)
        fail_job(mapper, why_ended(status));
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

static void begin_job(struct mapper *mapper, int64_t now_monotonic_ms)
{
    mapper->running = true;
    mapper->job_started_ms = now_monotonic_ms;
    mapper->sent = 0;
    mapper->received.length = 0;
}

/* Sends what the socket takes. False: nothing could be sent. */
static bool send_some(struct mapper *mapper)
{
    const struct text *frame = &mapper->first->frame;
    if (mapper->sent == frame->length)
        return false;
    ssize_t put =
        send(mapper->socket, frame->bytes + mapper->sent, frame->length - mapper->sent, MSG_NOSIGNAL);
    if (put > 0)
        mapper->sent += (size_t)put;
    else if (put < 0 && errno != EAGAIN && errno != EINTR)
        lose_process(mapper);
    return put > 0;
}

/* What a reply says about itself; false: not enough of it is there yet. */
static bool reply_complete(const struct mapper *mapper, struct reply_head *head)
{
    if (mapper->received.length < sizeof *head)
        return false;
    memcpy(head, mapper->received.bytes, sizeof *head);
    return mapper->received.length >= sizeof *head + head->bytes;
}

static bool reply_is_sane(const struct mapper *mapper)
{
    struct reply_head head;
    if (mapper->received.length < sizeof head)
        return true;
    memcpy(&head, mapper->received.bytes, sizeof head);
    return head.bytes <= MOST_OUTPUT_BYTES && mapper->received.length <= sizeof head + head.bytes;
}

static void take_reply(struct mapper *mapper, const struct reply_head *head)
{
    struct text content = {0};
    struct error error = {0};
    text_append_bytes(&content, mapper->received.bytes + sizeof *head, head->bytes);
    if (!head->mapped)
        error_set(&error, "%s", text_bytes(&content));
    end_job(mapper, head->mapped, &content, &error);
    text_finish(&content);
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
    if (got <= 0 || !mapper->running || !reply_is_sane(mapper)) {
        lose_process(mapper);
        return false;
    }
    struct reply_head head;
    if (reply_complete(mapper, &head))
        take_reply(mapper, &head);
    return true;
}

static void stop_overdue_job(struct mapper *mapper, int64_t now_monotonic_ms)
{
    if (!mapper->running || now_monotonic_ms < mapper->job_started_ms + JOB_MS)
        return;
    end_process(mapper);
    fail_job(mapper, "the filter ran for more than 3 s and was stopped");
}

/* One move on the way; false: there is nothing to do until a descriptor is ready or time has passed. */
static bool make_a_move(struct mapper *mapper, int64_t now_monotonic_ms)
{
    if (mapper->first && !mapper->running && *mapper->first->fault.text) {
        const struct text nothing = {0};
        struct error fault = mapper->first->fault;
        end_job(mapper, false, &nothing, &fault);
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

static int64_t earlier(int64_t a_ms, int64_t b_ms)
{
    return a_ms < b_ms ? a_ms : b_ms;
}

size_t mapper_poll_fds(struct mapper *mapper, struct pollfd *fds, int64_t *deadline_monotonic_ms)
{
    if (mapper->running)
        *deadline_monotonic_ms = earlier(*deadline_monotonic_ms, mapper->job_started_ms + JOB_MS);
    else if (mapper->first)
        *deadline_monotonic_ms =
            earlier(*deadline_monotonic_ms, mapper->pid > 0 ? 0 : mapper->started_ms + RESTART_PAUSE_MS);
    if (mapper->pid <= 0)
        return 0;
    bool unsent = mapper->running && mapper->sent < mapper->first->frame.length;
    fds[0] = (struct pollfd){.fd = mapper->socket, .events = (short)(unsent ? POLLIN | POLLOUT : POLLIN)};
    return 1;
}
