using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>The figures of one part of the data, by name.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The field's word.")]
public sealed class Metrics : IReadOnlyCollection<KeyValuePair<string, Estimate>>
{
    private readonly ImmutableSortedDictionary<string, Estimate> _values;

    internal Metrics(ImmutableSortedDictionary<string, Estimate> values) => _values = values;

    /// <summary>The figures of a part that does not exist.</summary>
    internal static Metrics None { get; } = new(ImmutableSortedDictionary.Create<string, Estimate>(StringComparer.Ordinal));

    /// <summary>The same figures and one more.</summary>
    internal Metrics With(string name, Estimate estimate) => new(_values.SetItem(name, estimate));

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <summary>Area under the ROC curve, pooled over all samples.</summary>
    public Estimate Auroc => this["auroc"];

    /// <summary>Mean negative log-likelihood, in nats.</summary>
    public Estimate LogLoss => this["log_loss"];

    /// <summary>Mean squared error of the probabilities.</summary>
    public Estimate Brier => this["brier"];

    /// <summary>Share of right answers at the threshold.</summary>
    public Estimate Accuracy => this["accuracy"];

    /// <summary>Sensitivity at the threshold.</summary>
    public Estimate Recall => this["recall"];

    /// <summary>F1 at the threshold.</summary>
    public Estimate F1 => this["f1"];

    /// <summary>A figure by its name in <c>metrics.json</c>; undefined when this task has no such figure.</summary>
    public Estimate this[string name] =>
        _values.TryGetValue(name, out var estimate) ? estimate : Estimate.Undefined($"'{name}' is not among the figures of this task.");

    /// <summary>Whether there is a figure of this name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Estimate>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
