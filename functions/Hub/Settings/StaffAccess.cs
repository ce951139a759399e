namespace CitiesOfLearning.Hub.Settings;

/// <summary>Whether <c>/manage</c> is open to whoever asks. Only <c>AddSigner()</c> says so, never a setting.</summary>
public sealed record StaffAccess(bool IsOpen);
