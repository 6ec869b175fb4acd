using System.Globalization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Graphs.Files;
using MedTune.Modalities.Genes;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune;

/// <summary>What a run on gene data reads before it begins: samples with their labels, folds and plan.</summary>
internal sealed record GeneInputs(Plan Plan, GeneSet Set, FoldAssignment? Folds) : RunInputs(Plan)
{
    /// <inheritdoc/>
    public override string Digest => Set.Digest;

    /// <summary>Reads what a request names, and makes its plan.</summary>
    public static GeneInputs Of(TrainingRequest request)
    {
        Refuse(request);
        var set = BatchEffects.Look(GeneSet.Open(request.DataPath, request.Data), 0, TaskPool.Sequential, CancellationToken.None);
        var folds = request.FoldsPath is null ? null : set.ReadFolds(request.FoldsPath);
        var plan = PlanOf(request, () => Plan.For(set));
        plan = WithNetwork(plan, request);
        PlanCheck.Throw(plan);
        if (plan.Genes?.Form != Plan.For(set).Genes!.Form)
        {
            throw new PlanException("The plan is for another form of data than these; leave --plan out, or give the data it was made for.");
        }

        ThrowIfStopped(set.Findings, plan.Accepted, _ => "");
        return new GeneInputs(plan, set, folds?.Assignment) { SplitFindings = folds?.Findings ?? [] };
    }

    /// <summary>Reads samples that a finished model is judged on.</summary>
    public static GeneSet Judging(ModelFile model, string path, DatasetOptions data)
    {
        var genes = model.Manifest.Genes!;
        var set = GeneSet.Open(path, data with { Target = data.Target ?? (data.Genes.Labels is null && model.Manifest.Target == "label" ? null : model.Manifest.Target), ClassNames = model.Manifest.Classes });
        if (set.Form != genes.Form)
        {
            throw new DataException($"The model reads {genes.Input}, and '{Path.GetFileName(path)}' holds another form of gene data; give it what it was trained on.");
        }

        return set.Form == GeneForm.Sequence ? set : set.Arranged(genes.Features, out _);
    }

    /// <inheritdoc/>
    public override void WriteBeginning(RunFolder folder)
    {
        if (Plan.Genes!.Network is { } network)
        {
            OnnxFile.Write(network.Graph, folder.Of(RunFolder.ParentFile));
        }

        if (Folds is { } folds)
        {
            ResultFile.Write(folder.Of(RunFolder.FoldsFile), RecordedFolds.ToText(folds, row => Set.RowNumbers[row].ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <inheritdoc/>
    public override Task<Run> RunAsync(ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        Experiment.RunAsync(Plan, Set, options with { Folds = Folds }, progress, cancellation);

    /// <summary>The plan with the network that learned DNA, which must be the one it was made for.</summary>
    private static Plan WithNetwork(Plan plan, TrainingRequest request)
    {
        string expected = plan.Genes?.NetworkDigest ?? "";
        if (request.DnaPath is not { } path || plan.Genes is null)
        {
            return expected.Length == 0 ? plan : throw new PlanException("The plan begins with a network that learned DNA; give it with --from.");
        }

        if (!plan.Models.Contains(Plan.NetworkModel))
        {
            throw new PlanException($"--from names a network that learned DNA, and no network is trained; add --model {Plan.NetworkModel}, or leave --from out.");
        }

        var network = PretrainedDna.Load(path);
        return expected.Length == 0 || expected == network.Digest
            ? plan with { Genes = plan.Genes with { Network = network } }
            : throw new PlanException("The plan begins with another network that learned DNA than the one given with --from.");
    }

    private static void Refuse(TrainingRequest request)
    {
        if (request.From is not null || request.Network is not null)
        {
            throw new PlanException("A model for gene data begins from nothing, or, for sequences, from a network that medtune pretrain made; leave --from out.");
        }

        if (request.TestPath is not null)
        {
            throw new PlanException("Of gene data a part is sealed, or --folds says what is judged; judge other samples with 'medtune evaluate' afterwards.");
        }

        if (request.CorrectionsPath is not null || request.Side is not null || request.Augmentation is not null || !request.Views.IsEmpty || !request.Tune.IsEmpty)
        {
            throw new PlanException("--corrections, --side, --augmentation, --views and --tune belong to pictures; the data are genes.");
        }
    }
}
