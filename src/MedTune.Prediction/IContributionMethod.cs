namespace MedTune.Prediction;

/// <summary>A way to take one sample's log-odds apart by column.</summary>
internal interface IContributionMethod : IDisposable
{
    /// <summary>How, in words for people.</summary>
    string Description { get; }

    /// <summary>How many samples the model is run on to explain one, about.</summary>
    int RunsPerSample { get; }

    /// <summary>The reference log-odds and what each column adds, in the order of the manifest.</summary>
    /// <param name="sample">One sample.</param>
    /// <param name="ofClass">-1 for the single margin of two classes; else a class, whose margin is taken against the mean of all.</param>
    (double Reference, double[] Parts) Explain(RawInputs sample, int ofClass);
}
