using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>One kind of loss at rising levels.</summary>
/// <param name="Name">The kind: <c>noise</c>, <c>blur</c>, <c>contrast</c>, <c>jpeg</c>, <c>resolution</c>.</param>
/// <param name="Amounts">What each level above 0 does, in words.</param>
/// <param name="Values">The metric at level 0 (the pictures as they are) and at each level above.</param>
/// <param name="Differences">Each level above 0 minus level 0, picture by picture; empty where it was not compared so.</param>
public sealed record RobustnessRow(string Name, ImmutableArray<string> Amounts, ImmutableArray<Estimate> Values, ImmutableArray<Estimate> Differences);
