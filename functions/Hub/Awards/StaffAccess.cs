namespace CitiesOfLearning.Hub.Awards;

/// <summary>Whether <c>/manage</c> is open to whoever asks. Only a home says so, never a setting: see the two <c>HomeServices</c>.</summary>
public sealed record StaffAccess(bool IsOpen);
