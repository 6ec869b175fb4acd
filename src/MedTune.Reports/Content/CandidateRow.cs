namespace MedTune.Reports;

/// <summary>A model, or a way of fine-tuning one, that was tried.</summary>
public sealed record CandidateRow
{
    /// <summary>Its name for people, for example <c>logistic regression, penalty 0.1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of model without its setting, for example <c>Logistic regression</c>; empty takes <see cref="Name"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Log-loss out of fold; NaN when not measured. Lower is better.</summary>
    public double LogLoss { get; init; } = double.NaN;

    /// <summary>Lower end of the interval of <see cref="LogLoss"/>; NaN when there is none.</summary>
    public double LogLossLow { get; init; } = double.NaN;

    /// <summary>Upper end of the interval of <see cref="LogLoss"/>; NaN when there is none.</summary>
    public double LogLossHigh { get; init; } = double.NaN;

    /// <summary>AUROC out of fold; NaN when not measured.</summary>
    public double Auroc { get; init; } = double.NaN;

    /// <summary>Lower end of the interval of <see cref="Auroc"/>; NaN when there is none.</summary>
    public double AurocLow { get; init; } = double.NaN;

    /// <summary>Upper end of the interval of <see cref="Auroc"/>; NaN when there is none.</summary>
    public double AurocHigh { get; init; } = double.NaN;

    /// <summary>Whether this is the one that was kept.</summary>
    public bool Chosen { get; init; }

    /// <summary>
    /// Differences from the chosen one on the same rows, this one minus that: <c>log_loss</c>, <c>auroc</c>, <c>brier</c> and so on. Empty for the chosen one.
    /// </summary>
    public IReadOnlyList<MetricRow> Differences { get; init; } = [];

    /// <summary>The settings that were tried for it, in the order they were tried; empty where there was only one.</summary>
    public IReadOnlyList<SettingRow> Settings { get; init; } = [];

    /// <summary>Why it was chosen or not, one sentence; empty when not stated.</summary>
    public string Reason { get; init; } = "";
}
