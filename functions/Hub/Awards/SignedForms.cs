namespace CitiesOfLearning.Hub.Awards;

/// <summary>A credential in both its signed forms.</summary>
/// <param name="Jwt">Compact JWS, ASCII.</param>
/// <param name="Embedded">With an embedded proof, UTF-8 JSON; one of ecdsa-sd-2023 is the base proof, which only its holder may
/// have.</param>
public sealed record SignedForms(byte[] Jwt, byte[] Embedded);
