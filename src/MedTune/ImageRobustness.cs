using System.Collections.Immutable;

namespace MedTune;

/// <summary>How a model of pictures bears losses of quality that it was not asked to expect.</summary>
/// <param name="Metric">What is measured: <c>auroc</c>, <c>accuracy</c>, or <c>macro_auroc</c> for several findings.</param>
/// <param name="Pictures">How many pictures it was measured on.</param>
/// <param name="Of">How many there are to draw from.</param>
/// <param name="Part">Where they are from: <c>test</c> or <c>oof</c>.</param>
/// <param name="Rows">One for each kind of loss.</param>
public sealed record ImageRobustness(string Metric, int Pictures, int Of, string Part, ImmutableArray<RobustnessRow> Rows);
