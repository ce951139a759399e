namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>The ways of making an embedded proof that the hub knows. There are no others.</summary>
public enum Cryptosuite
{
    /// <summary><see cref="Proofs.EcdsaRdfc2019"/></summary>
    EcdsaRdfc2019,

    /// <summary><see cref="Proofs.EcdsaJcs2019"/></summary>
    EcdsaJcs2019,

    /// <summary><see cref="Proofs.EcdsaSd2023"/></summary>
    EcdsaSd2023,

    /// <summary><see cref="Proofs.EddsaRdfc2022"/></summary>
    EddsaRdfc2022,

    /// <summary><see cref="Proofs.EddsaJcs2022"/></summary>
    EddsaJcs2022,

    /// <summary><see cref="Proofs.Ed25519Signature2020"/></summary>
    Ed25519Signature2020,
}
