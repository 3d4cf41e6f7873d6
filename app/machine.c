#include "app/machine.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <math.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "render/signature.h"

enum { FILE_MAX_BYTES = 65536, BOARD_MAX_BYTES = 1048576, SENSORS_MAX = 16, KIB_IN_MIB = 1024 };

/* ---- small files of the kernel ---- */

/* False: it is not there, or cannot be read. */
static bool read_small(const char *root, const char *path, struct text *out)
{
    struct text whole = {0};
    text_append_format(&whole, "%s%s", root, path);
    bool read = text_read_file(out, text_bytes(&whole), FILE_MAX_BYTES);
    text_finish(&whole);
    return read;
}

/* NaN: there is no number. */
static double read_number(const char *root, const char *path)
{
    struct text text = {0};
    char *end = NULL;
    double number = read_small(root, path, &text) ? strtod(text_bytes(&text), &end) : NAN;
    if (!end || end == text_bytes(&text))
        number = NAN;
    text_finish(&text);
    return number;
}

/* The number behind "MemAvailable:", in KiB; NaN: there is no such line. */
static double read_line_kib(const char *root, const char *path, const char *name)
{
    struct text text = {0};
    double kib = NAN;
    const char *line = read_small(root, path, &text) ? strstr(text_bytes(&text), name) : NULL;
    if (line)
        kib = strtod(line + strlen(name), NULL);
    text_finish(&text);
    return kib;
}

/* ---- temperature and voltage ---- */

static bool is_named(const char *root, const char *path, const char *name)
{
    struct text text = {0};
    bool named = read_small(root, path, &text) && text_starts_with(text_bytes(&text), name);
    text_finish(&text);
    return named;
}

/* A Raspberry Pi has a sensor of its own for it; other machines do not say. */
static int under_voltage(const char *root)
{
    char path[96];
    for (int i = 0; i < SENSORS_MAX; i++) {
        snprintf(path, sizeof path, "/sys/class/hwmon/hwmon%d/name", i);
        if (!is_named(root, path, "rpi_volt"))
            continue;
        snprintf(path, sizeof path, "/sys/class/hwmon/hwmon%d/in0_lcrit_alarm", i);
        double alarm = read_number(root, path);
        return isnan(alarm) ? -1 : alarm != 0;
    }
    return -1;
}

/* ---- the network ---- */

static bool is_worth_telling(const struct ifaddrs *interface)
{
    return interface->ifa_addr && (interface->ifa_flags & IFF_UP) && !(interface->ifa_flags & IFF_LOOPBACK);
}

static void add_address(struct stage_machine *machine, const struct ifaddrs *interface)
{
    char digits[INET6_ADDRSTRLEN] = "";
    if (machine->address_count == STAGE_LINES_MAX)
        return;
    if (interface->ifa_addr->sa_family == AF_INET) {
        const struct sockaddr_in *address = (const void *)interface->ifa_addr;
        inet_ntop(AF_INET, &address->sin_addr, digits, sizeof digits);
    } else {
        const struct sockaddr_in6 *address = (const void *)interface->ifa_addr;
        if (IN6_IS_ADDR_LINKLOCAL(&address->sin6_addr))
            return;
        inet_ntop(AF_INET6, &address->sin6_addr, digits, sizeof digits);
    }
    snprintf(machine->addresses[machine->address_count++], STAGE_LINE_BYTES, "%s  (%s)", digits,
             interface->ifa_name);
}

static void add_mac(struct stage_machine *machine, const struct ifaddrs *interface)
{
    const struct sockaddr_ll *link = (const void *)interface->ifa_addr;
    const unsigned char *mac = link->sll_addr;
    if (machine->mac_count == STAGE_LINES_MAX || link->sll_halen != 6)
        return;
    snprintf(machine->macs[machine->mac_count++], STAGE_LINE_BYTES, "%02x:%02x:%02x:%02x:%02x:%02x  (%s)",
             mac[0], mac[1], mac[2], mac[3], mac[4], mac[5], interface->ifa_name);
}

static void add_interface(struct stage_machine *machine, const struct ifaddrs *interface)
{
    int family = interface->ifa_addr->sa_family;
    if (family == AF_INET || family == AF_INET6)
        add_address(machine, interface);
    else if (family == AF_PACKET)
        add_mac(machine, interface);
}

static void look_at_network(struct stage_machine *machine)
{
    struct ifaddrs *all = NULL;
    machine->address_count = machine->mac_count = 0;
    if (getifaddrs(&all) != 0)
        return;
    for (const struct ifaddrs *interface = all; interface; interface = interface->ifa_next)
        if (is_worth_telling(interface))
            add_interface(machine, interface);
    freeifaddrs(all);
}

/* ---- all of it ---- */

/* Since the first question: the program is as old as that, but for a moment. */
static int64_t program_up_ms(void)
{
    static int64_t began_ms;
    if (began_ms == 0)
        began_ms = clock_monotonic_ms();
    return clock_monotonic_ms() - began_ms;
}

void machine_look(struct stage_machine *machine, const char *root)
{
    double up_s = read_number(root, "/proc/uptime");
    machine->temperature_c = read_number(root, "/sys/class/thermal/thermal_zone0/temp") / 1000;
    machine->under_voltage = under_voltage(root);
    machine->machine_up_ms = isnan(up_s) ? -1 : (int64_t)(up_s * 1000);
    machine->program_up_ms = program_up_ms();
    machine->memory_mib = read_line_kib(root, "/proc/self/status", "VmRSS:") / KIB_IN_MIB;
    machine->memory_free_mib = read_line_kib(root, "/proc/meminfo", "MemAvailable:") / KIB_IN_MIB;
    look_at_network(machine);
}

static void hash_board(struct stage_machine *machine)
{
    struct text board = {0};
    if (text_read_file(&board, machine->board_path, BOARD_MAX_BYTES)) {
        uint64_t hash = signature_add_bytes(SIGNATURE_START, text_bytes(&board), board.length);
        snprintf(machine->board_hash, sizeof machine->board_hash, "%08x", (unsigned)(hash >> 32));
    }
    text_finish(&board);
}

void machine_introduce(struct stage_machine *machine, const char *board_path)
{
    if (gethostname(machine->host, sizeof machine->host - 1) != 0)
        machine->host[0] = '\0';
    snprintf(machine->version, sizeof machine->version, "Vigie %s", VIGIE_VERSION);
    snprintf(machine->board_path, sizeof machine->board_path, "%s", board_path ? board_path : "");
    hash_board(machine);
    program_up_ms();
}
