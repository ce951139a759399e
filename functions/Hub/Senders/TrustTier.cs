namespace CitiesOfLearning.Hub.Senders;

/// <summary>How well a delivery proved where it came from, weakest first.</summary>
public enum TrustTier
{
    /// <summary>A token in the body or the URL.</summary>
    Token,

    /// <summary>A signature over the raw bytes.</summary>
    Signed,
}
