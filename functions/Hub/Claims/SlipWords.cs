using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>Short, friendly words that are hard to mishear, for printed slips. Tries are limited, so few words are enough.</summary>
public static class SlipWords
{
    private static readonly string[] Words =
    [
        "anchor", "apple", "badger", "beacon", "bridge", "candle", "castle", "cherry", "cloud", "copper",
        "dragon", "engine", "falcon", "feather",
        "forest", "garden", "guitar", "hammer", "harbour", "hazel", "island", "jacket", "kettle", "ladder",
        "lantern", "lemon", "magnet", "maple",
        "marble", "meadow", "mirror", "monkey", "needle", "orange", "otter", "paddle", "parrot", "pebble",
        "pepper", "pillow", "planet", "pocket",
        "puffin", "puzzle", "rabbit", "ribbon", "river", "rocket", "saddle", "salmon", "shadow", "silver",
        "spider", "summer", "sunset", "tiger",
        "tunnel", "turtle", "velvet", "violin", "walnut", "whistle", "window", "yellow",
    ];

    public static string Draw() => Words[RandomId.Index(Words.Length)];
}
