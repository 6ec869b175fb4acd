using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>The answer for one sample.</summary>
/// <param name="Class">
/// The class answered: at or above the model's threshold the positive class, or for several classes the likeliest one. Of findings, those that are there, with <c>|</c> between
/// them, or the empty text.
/// </param>
/// <param name="Probability">Two classes: the probability of the positive class. Several: that of the class answered. Findings: that of the likeliest.</param>
/// <param name="Probabilities">One per class or finding, in the order of the manifest; those of classes add up to 1.</param>
/// <param name="Warnings">What was unusual about the input: missing, out of the range seen in training, an unknown level.</param>
public sealed record Prediction(string Class, double Probability, ImmutableArray<double> Probabilities, ImmutableArray<string> Warnings)
{
    /// <summary>What stands between the names of several findings.</summary>
    public const char Separator = '|';

    /// <summary>Of findings, whether each is answered to be there: its probability is at or above its threshold. Empty for classes.</summary>
    public ImmutableArray<bool> Present { get; init; } = [];

    /// <summary>
    /// The classes that cannot be ruled out: for samples like those of the training, the true class is among them as often as the manifest's <see cref="ManifestSets.Coverage"/> says.
    /// Several: the model cannot tell them apart. None: no class is probable enough. Default where the model has no such rule.
    /// </summary>
    public ImmutableArray<string> Set { get; init; }

    /// <summary>Of findings, what cannot be ruled out of each: <c>absent</c>, <c>present</c>, both or neither. Empty for classes and where the model has no such rules.</summary>
    public ImmutableArray<ImmutableArray<string>> FindingSets { get; init; } = [];
}
