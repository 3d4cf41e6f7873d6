#include "app/service.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"

struct service {
    int socket; /* -1: nobody listens */
    bool ready;
    int64_t alive_every_ms; /* 0: nobody watches */
    int64_t next_alive_ms;
};

/* A path, or "@name" for one that is no file. False: it is neither, or too long. */
static bool address_of(const char *where, struct sockaddr_un *address, socklen_t *length)
{
    size_t size = strlen(where);
    if ((where[0] != '/' && where[0] != '@') || size >= sizeof address->sun_path)
        return false;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, where, size);
    if (where[0] == '@')
        address->sun_path[0] = '\0';
    *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size);
    return true;
}

static int connect_to(const char *where)
{
    struct sockaddr_un address;
    socklen_t length;
    if (!where || !address_of(where, &address, &length))
        return -1;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, length) == 0)
        return fd;
    log_warning("the service manager's socket %s does not take messages: %s", where, strerror(errno));
    close(fd);
    return -1;
}

/* Half of the time that the service manager waits; 0 where it watches nobody, or another process. */
static int64_t watched_every_ms(void)
{
    const char *allowed_us = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    if (!allowed_us || (pid && strtol(pid, NULL, 10) != (long)getpid()))
        return 0;
    long long us = strtoll(allowed_us, NULL, 10);
    return us > 0 ? us / 2000 + 1 : 0;
}

struct service *service_create(void)
{
    struct service *service = memory_create(1, sizeof *service);
    service->socket = connect_to(getenv("NOTIFY_SOCKET"));
    if (service->socket >= 0)
        service->alive_every_ms = watched_every_ms();
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    return service;
}

void service_destroy(struct service *service)
{
    if (!service)
        return;
    if (service->socket >= 0)
        close(service->socket);
    free(service);
}

bool service_is_managed(const struct service *service)
{
    return service->socket >= 0;
}

static void tell(const struct service *service, const char *what)
{
    if (service->socket < 0)
        return;
    /* A full queue is the service manager's affair: the next message says the same. */
    ssize_t ignored = send(service->socket, what, strlen(what), MSG_NOSIGNAL);
    (void)ignored;
}

void service_ready(struct service *service)
{
    if (service->ready)
        return;
    service->ready = true;
    tell(service, "READY=1");
}

void service_status(struct service *service, const char *line)
{
    struct text message = {0};
    text_append_format(&message, "STATUS=%.*s", (int)strcspn(line, "\n"), line);
    tell(service, text_bytes(&message));
    text_finish(&message);
}

void service_reloading(struct service *service, int64_t now_monotonic_ms)
{
    struct text message = {0};
    text_append_format(&message, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)now_monotonic_ms * 1000);
    tell(service, text_bytes(&message));
    text_finish(&message);
}

void service_reloaded(struct service *service)
{
    tell(service, "READY=1");
}

void service_stopping(struct service *service)
{
    tell(service, "STOPPING=1");
}

void service_alive(struct service *service, int64_t now_monotonic_ms)
{
    if (service->alive_every_ms == 0 || now_monotonic_ms < service->next_alive_ms)
        return;
    service->next_alive_ms = now_monotonic_ms + service->alive_every_ms;
    tell(service, "WATCHDOG=1");
}

int64_t service_next_alive_ms(const struct service *service)
{
    return service->alive_every_ms == 0 ? INT64_MAX : service->next_alive_ms;
}
