using MedTune.Evaluation;

namespace MedTune;

/// <summary>What a kind of outward feature tells of the label by itself.</summary>
/// <param name="Name">The kind: <c>border</c>, <c>size</c>, <c>colour</c>, <c>encoding</c> or <c>site</c>.</param>
/// <param name="Description">What is looked at, in words.</param>
/// <param name="Auroc">How well the label is told by it alone.</param>
public sealed record ShortcutKind(string Name, string Description, Estimate Auroc);
