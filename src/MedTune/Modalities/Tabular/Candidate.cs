using System.Collections.Immutable;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A way to make a model from training samples: a family with a few settings between which inner validation chooses.</summary>
internal abstract class Candidate
{
    /// <summary>The kind of model, in words for people.</summary>
    public abstract string Name { get; }

    /// <summary>The settings, in words; at least one, the safest first.</summary>
    public abstract ImmutableArray<string> Settings { get; }

    /// <summary>
    /// By how many standard errors this candidate must beat a safer one to be preferred; 0 when the better one simply wins.
    /// </summary>
    public virtual double Caution => 0;

    /// <summary>The same between one setting and a safer one of this candidate.</summary>
    public virtual double SettingCaution => 0;

    /// <summary>Whether margins may be calibrated afterwards; not where the candidate is itself a calibration of another model.</summary>
    public virtual bool MayCalibrate => true;

    /// <summary>Whether the candidate takes part when several are mixed.</summary>
    public virtual bool MayJoin => true;

    /// <summary>What the candidate starts from when it is fitted to some samples.</summary>
    public abstract TabularHead Head(FeatureSpace space, ulong stream);

    /// <summary>The samples the head of this candidate takes, out of a space measured on the training rows.</summary>
    public virtual FeatureSpace Space(FeatureSpace measured) => measured;

    /// <summary>Fits every setting. Arrays of the record are named <c>setting/initializer</c>.</summary>
    public abstract FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation);

    /// <summary>The head with the weights that a fit found for a setting.</summary>
    public virtual TabularHead Fitted(FeatureSpace space, ulong stream, FitRecord record, int setting)
    {
        var head = Head(Space(space), stream);
        string prefix = $"{setting}/";
        var weights = record.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..])
            .Where(head.Graph.Initializers.ContainsKey)
            .Select(name => KeyValuePair.Create<string, Tensor>(
                name, new Tensor<float>(head.Graph.Initializers[name].Shape, record.Floats(prefix + name))));
        return head with { Graph = head.Graph.WithInitializers(weights) };
    }
}
