namespace MedTune.Evaluation;

/// <summary>What a treatment rule is held against.</summary>
public enum PolicyAlternativeKind
{
    /// <summary>The same arm for everyone: treating none (arm 0), or all with one arm.</summary>
    OneArm,

    /// <summary>
    /// The arm that is best on average for everyone. It is chosen on the same rows, so its value is a little too good, and the difference from it a little too bad.
    /// </summary>
    BestArm,

    /// <summary>The rule's own shares of the arms, given out at random: what is left is the worth of choosing whom.</summary>
    AtRandom,
}
