using CitiesOfLearning.Hub.Texts;
using Microsoft.AspNetCore.Components;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>The base of every page: what to show, and for whom.</summary>
public abstract class HubPage<TView> : ComponentBase
    where TView : View
{
    [Parameter]
    [EditorRequired]
    public TView View { get; set; } = null!;

    [Parameter]
    [EditorRequired]
    public PageContext Context { get; set; } = null!;

    protected UserTexts Texts => Context.Texts;
}
