namespace MedTune.Training;

/// <summary>Why a sample is hard to learn. The kinds need different answers, so they are told apart before anything is done.</summary>
public enum HardExampleKind
{
    /// <summary>It is learned like most.</summary>
    Easy,

    /// <summary>Its label is probably wrong: a person reads it again; it is never given more weight.</summary>
    Mislabelled,

    /// <summary>It lies between classes: more weight or a second reader may help.</summary>
    Ambiguous,

    /// <summary>There are few like it: more weight, or more such samples, help.</summary>
    Rare,
}
