using Microsoft.AspNetCore.Components;

namespace MedTune.Reports.Wording;

/// <summary>What all components of the report share: the words of its language.</summary>
public abstract class ReportComponent : ComponentBase
{
    /// <summary>The words; English where a component is drawn by itself.</summary>
    [CascadingParameter]
    internal ReportWords Words { get; set; } = ReportWords.English;
}
