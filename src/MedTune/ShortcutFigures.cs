using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>How well the label is told by what has nothing to do with the disease: a small linear model of it, judged on pictures of patients it had not seen.</summary>
/// <param name="Auroc">With everything together.</param>
/// <param name="Kinds">Each kind alone, the strongest first.</param>
/// <param name="Pictures">How many pictures it was measured on.</param>
/// <param name="Class">The class, or finding, that is told best from all others, where there are more than two; else null.</param>
public sealed record ShortcutFigures(Estimate Auroc, ImmutableArray<ShortcutKind> Kinds, int Pictures, string? Class = null)
{
    /// <summary>From this AUROC on, reached by the lower end of the interval, a shortcut is reported.</summary>
    public const double Limit = 0.6;

    /// <summary>Whether the label can be told by such things beyond doubt.</summary>
    public bool IsSuspicious => Auroc.Low > Limit;
}
