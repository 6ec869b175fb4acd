using System.Collections.Immutable;

namespace MedTune.Modalities.Treatment;

/// <summary>A way to learn effects from outcomes: the letters are those of Künzel et al. (PNAS 2019), Nie and Wager (Biometrika 2021) and Kennedy (2023).</summary>
/// <param name="kind">The regression it is built on.</param>
internal abstract class EffectLearner(BaseKind kind)
{
    /// <summary>The regression it is built on.</summary>
    public BaseKind Kind => kind;

    /// <summary>Its letter.</summary>
    public abstract string Letter { get; }

    /// <summary>Its name in reports.</summary>
    public string Name => $"{Letter} {NameOf(Kind)}";

    /// <summary>The learners that are tried, the plainest first.</summary>
    public static ImmutableArray<EffectLearner> All(BaseKind[] kinds)
    {
        // A smooth model with the arm as one more column has the same effect for everybody, which is a candidate of its own.
        BaseKind[] effects = [.. kinds.Where(kind => kind != BaseKind.SmoothThenBoosted)];
        return
        [
            .. effects.Select(kind => new DoublyRobustLearner(kind)),
            .. effects.Select(kind => new ResidualLearner(kind)),
            .. effects.Select(kind => new CrossedLearner(kind)),
            .. kinds.Select(kind => new TwoModelLearner(kind)),
            .. effects.Where(kind => kind == BaseKind.Boosted).Select(kind => new SingleModelLearner(kind)),
        ];
    }

    /// <summary>The word for a kind of regression.</summary>
    public static string NameOf(BaseKind kind) => kind switch
    {
        BaseKind.Smooth => "smooth",
        BaseKind.Boosted => "boosted",
        _ => "smooth + boosted",
    };

    /// <summary>Learns.</summary>
    public abstract EffectModel Fit(LearnerInput input);
}
