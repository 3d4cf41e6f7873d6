#include "render/sound.h"

#include <math.h>
#include <SDL.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/memory.h"

/* Each note begins softly and dies away: no click, nothing that makes anybody start. */
static const struct {
    double hz, from_s;
} notes[] = {{659.26, 0.0}, {523.25, 0.28}};

static const double RISE_S = 0.015, DECAY_S = 0.30, LOUDEST = 0.30, TWO_PI = 6.283185307179586;

struct sound {
    int volume_percent;
    bool refused; /* there is no device: not asked again */
    SDL_AudioDeviceID device;
    int64_t ends_ms; /* of what is playing */
};

static double note_at(size_t note, double at_s)
{
    double since_s = at_s - notes[note].from_s;
    if (since_s < 0)
        return 0;
    double envelope = since_s < RISE_S ? since_s / RISE_S : exp(-(since_s - RISE_S) / DECAY_S);
    return envelope * sin(TWO_PI * notes[note].hz * since_s);
}

/* The last tenth of a second goes to silence, whatever the notes do. */
static double fade_at(double at_s)
{
    double left_s = SOUND_LENGTH_MS / 1000.0 - at_s;
    return left_s < 0.1 ? left_s / 0.1 : 1;
}

size_t sound_wave(int16_t *samples, size_t room, int volume_percent)
{
    size_t count = (size_t)SOUND_RATE_HZ * SOUND_LENGTH_MS / 1000;
    if (count > room)
        count = room;
    for (size_t i = 0; i < count; i++) {
        double at_s = (double)i / SOUND_RATE_HZ, sum = 0;
        for (size_t note = 0; note < sizeof notes / sizeof *notes; note++)
            sum += note_at(note, at_s);
        samples[i] = (int16_t)(sum * fade_at(at_s) * LOUDEST * volume_percent / 100 * INT16_MAX);
    }
    return count;
}

struct sound *sound_create(int volume_percent)
{
    struct sound *sound = memory_create(1, sizeof *sound);
    sound->volume_percent = volume_percent;
    return sound;
}

static void close_device(struct sound *sound)
{
    if (sound->device == 0)
        return;
    SDL_CloseAudioDevice(sound->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    sound->device = 0;
}

void sound_destroy(struct sound *sound)
{
    if (!sound)
        return;
    close_device(sound);
    free(sound);
}

static bool open_device(struct sound *sound)
{
    if (sound->device != 0 || sound->refused)
        return sound->device != 0;
    SDL_AudioSpec wanted = {.freq = SOUND_RATE_HZ, .format = AUDIO_S16SYS, .channels = 1, .samples = 1024};
    bool started = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    if (started)
        sound->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (sound->device != 0)
        return true;
    log_warning("no sound: %s; alerts are only seen until the next start", SDL_GetError());
    if (started)
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    sound->refused = true;
    return false;
}

void sound_play(struct sound *sound, int64_t now_monotonic_ms)
{
    if (!open_device(sound))
        return;
    size_t room = (size_t)SOUND_RATE_HZ * SOUND_LENGTH_MS / 1000;
    int16_t *samples = memory_create(room, sizeof *samples);
    size_t count = sound_wave(samples, room, sound->volume_percent);
    SDL_ClearQueuedAudio(sound->device);
    SDL_QueueAudio(sound->device, samples, (Uint32)(count * sizeof *samples));
    SDL_PauseAudioDevice(sound->device, 0);
    sound->ends_ms = now_monotonic_ms + SOUND_LENGTH_MS + 500;
    free(samples);
}

void sound_step(struct sound *sound, int64_t now_monotonic_ms)
{
    if (now_monotonic_ms >= sound->ends_ms)
        close_device(sound);
}
