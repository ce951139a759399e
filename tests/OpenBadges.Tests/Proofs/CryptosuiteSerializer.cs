using System.Diagnostics.CodeAnalysis;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Proofs;
using Xunit.Sdk;

[assembly: RegisterXunitSerializer(typeof(CryptosuiteSerializer), typeof(Cryptosuite), typeof(SigningCryptosuite))]

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>Lets each suite of a theory be a test of its own.</summary>
public sealed class CryptosuiteSerializer : IXunitSerializer
{
    public object Deserialize(Type type, string serializedValue) => Cryptosuite.All.Single(suite => suite.Name == serializedValue);

    public bool IsSerializable(Type type, object? value, [NotNullWhen(false)] out string? failureReason)
    {
        failureReason = value is Cryptosuite ? null : "It is no cryptosuite.";
        return failureReason is null;
    }

    public string Serialize(object value) => ((Cryptosuite)value).Name;
}
