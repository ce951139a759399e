using CitiesOfLearning.Hub.Cities;
using Microsoft.AspNetCore.Components;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>What a page shows. Hand one to <see cref="PageRenderer"/>; the type says which page it is for.</summary>
public abstract record View
{
    private protected View()
    {
    }

    internal abstract Type Page { get; }

    /// <summary>Whose page it is: its first language is used when the reader asks for none.</summary>
    internal virtual City? Owner => null;
}

/// <summary>What <typeparamref name="TPage"/> shows.</summary>
public abstract record View<TPage> : View
    where TPage : IComponent
{
    internal sealed override Type Page => typeof(TPage);
}
