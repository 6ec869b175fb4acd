using Microsoft.AspNetCore.Components;

namespace MedTune.Reports.Wording;

/// <summary>What all components of the report share: the words of its language.</summary>
public abstract class ReportComponent : ComponentBase
{
    /// <summary>The words; English where a component is drawn by itself.</summary>
    [CascadingParameter]
    internal ReportWords Words { get; set; } = ReportWords.English;

    /// <summary>A line break of the page's text, which Razor leaves out before an expression.</summary>
    /// <param name="indent">Blanks at the start of the next line.</param>
    private protected static MarkupString LineBreak(int indent) => new("\n" + new string(' ', indent));
}
