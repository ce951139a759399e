namespace CitiesOfLearning.Hub.Verification;

/// <summary>Nothing was looked at, since as many badges as there is room for are being looked at: whoever asked may ask again.</summary>
public sealed class NoRoomException : Exception;
