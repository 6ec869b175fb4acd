using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Modalities.Images;
using MedTune.Modalities.Tabular;
using MedTune.Prediction;

namespace MedTune;

/// <summary>Every choice of a run, made automatically or by a person; saved as <c>plan.json</c>, editable, and enough to run again.</summary>
/// <remarks>The same plan on the same data gives the same bytes.</remarks>
public sealed record Plan
{
    /// <summary>Version of this record's form. Now 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The version of MedTune that made the plan.</summary>
    public string Version { get; init; } = ProductVersion.Text;

    /// <summary>What kind of data: <c>tabular</c>, <c>images</c> or <c>genes</c>.</summary>
    public string Modality { get; init; } = TabularModality;

    /// <summary>How each column enters the model, in the order of the data.</summary>
    public ImmutableArray<PlanColumn> Columns { get; init; } = [];

    /// <summary>
    /// Kinds of model to try. For tables: <c>logistic</c>, <c>boosting</c>, <c>forest</c>, <c>perceptron</c>. For pictures: <c>frozen</c> (features of the
    /// network as it is, and a linear head), <c>fine-tuned</c>. The best by log-loss on samples not learned from is kept. For gene data <c>ridge</c>, <c>few-genes</c>,
    /// <c>elastic-net</c>, <c>forest</c>, <c>boosting</c>, for genotypes <c>dosage</c> (with ancestry); for sequences <c>k-mer</c>, <c>one-hot</c>, <c>network</c>; they are joined in a weighted mean.
    /// </summary>
    public ImmutableArray<string> Models { get; init; } = [LogisticModel, BoostingModel, ForestModel, PerceptronModel];

    /// <summary>Ridge penalties that logistic regression chooses from (1 is scikit-learn's C = 1); also the shrinkage towards a source model.</summary>
    public ImmutableArray<double> Penalties { get; init; } = [1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1];

    /// <summary>
    /// When a model is fine-tuned, how many ways to move it are tried, the safest first: as is (1), new intercept (2), intercept and slope (3),
    /// then those that suit the source: shrunk refit, last layer, all layers, leaves refitted, boosting continued, models trained anew. From
    /// 1 to 10; where several may be mixed, their mixture is tried too.
    /// </summary>
    public int Adaptations { get; init; } = 10;

    /// <summary>Units of each hidden layer of the perceptron.</summary>
    public ImmutableArray<int> HiddenUnits { get; init; } = [32, 16];

    /// <summary>Most epochs of the perceptron, or of fine-tuning a network for pictures.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Samples per step of the perceptron or of fine-tuning.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Peak learning rate of the perceptron or of fine-tuning.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>Epochs without improvement after which the perceptron or fine-tuning stops.</summary>
    public int Patience { get; init; } = 12;

    /// <summary>Outer folds of cross-validation, unless a folds file says.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Inner folds, by which settings, calibration, kind of model and threshold are chosen for each outer fold.</summary>
    public int InnerFolds { get; init; } = 5;

    /// <summary>Share of the data that is sealed until the end; 0 with a folds file.</summary>
    public double SealedShare { get; init; } = 0.2;

    /// <summary>Whether each site is left out in turn where a column says which site a row comes from: it costs about as much again as cross-validation.</summary>
    public bool SiteValidation { get; init; } = true;

    /// <summary>How the decision threshold is chosen: <c>youden</c>, a rule such as <c>sensitivity>=0.9</c>, or a probability.</summary>
    public string Threshold { get; init; } = "youden";

    /// <summary>
    /// Settings drawn by lot for each kind of model, beside those that are always tried; inner validation chooses, and what was drawn must be
    /// better by a standard error. From 0 (the default: no search) to 1000. Each costs about as much as one setting that is always tried; when
    /// a model is fine-tuned, nothing is searched.
    /// </summary>
    public int Search { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public ulong Seed { get; init; }

    /// <summary>Findings that the user has accepted, by <c>CODE</c> or <c>CODE:COLUMN</c>, or <c>all</c>.</summary>
    public ImmutableArray<string> Accepted { get; init; } = [];

    /// <summary>What a run on pictures needs beside; null for tables.</summary>
    public ImagePlan? Images { get; init; }

    /// <summary>What a run on gene data needs beside; null for tables and pictures.</summary>
    public GenePlan? Genes { get; init; }

    /// <summary>SHA-256 of the model to start from; empty when there is none.</summary>
    public string FromDigest { get; init; } = "";

    /// <summary>The model to fine-tune; null to train from the data alone.</summary>
    [JsonIgnore]
    public ModelFile? From
    {
        get;
        init
        {
            field = value;
            FromDigest = value?.Digest ?? "";
        }
    }

    internal const string TabularModality = "tabular";
    internal const string ImageModality = "images";
    internal const string GeneModality = "genes";
    internal const string FrozenModel = "frozen";
    internal const string FineTunedModel = "fine-tuned";
    internal const string LogisticModel = "logistic";
    internal const string BoostingModel = "boosting";
    internal const string ForestModel = "forest";
    internal const string PerceptronModel = "perceptron";

    /// <summary>The default plan for a dataset.</summary>
    public static Plan For(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var plan = new Plan { Columns = PlanColumn.For(dataset) };

        // With tens of thousands of rows the penalty hardly matters, and every one costs a fit to all of them.
        return dataset.RowCount > NestedValidation.LargeRows ? plan with { Penalties = [100, 10, 1] } : plan;
    }

    /// <summary>The default plan for pictures.</summary>
    internal static Plan ForImages(PretrainedNetwork? network, ImageData images)
    {
        var usual = FineTuningOptions.For(images.Rows, network is null);
        return new Plan
        {
            Modality = ImageModality,
            Models = network is null ? [FineTunedModel] : [FrozenModel, FineTunedModel],
            Images = new ImagePlan { Network = network, Side = ImageSide.For(network, images), Recipe = FineTuningRecipe.For(images.Rows, network is null) },
            SiteValidation = false,
            Epochs = network is null ? ScratchEpochs : usual.Epochs,
            BatchSize = usual.Batch,
            LearningRate = network is null ? ScratchRate : usual.Rate,
        };
    }

    /// <summary>The default plan for gene data.</summary>
    /// <param name="set">The samples.</param>
    public static Plan For(GeneSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        bool isSequence = set.Form == GeneForm.Sequence;
        return new Plan
        {
            Modality = GeneModality,
            Models = DefaultModels(set.Form),
            Genes = new GenePlan { Form = isSequence ? GenePlan.SequenceForm : set.Form == GeneForm.Genotype ? GenePlan.GenotypeForm : GenePlan.ExpressionForm },
            InnerFolds = isSequence ? SequenceInnerFolds : 5,
            SiteValidation = false,
        };
    }

    /// <summary>The kinds of model that are tried on gene data.</summary>
    internal static ImmutableArray<string> DefaultModels(GeneForm form) => form switch
    {
        GeneForm.Sequence => [KmerModel, OneHotModel, NetworkModel],
        GeneForm.Genotype => [RidgeModel, DosageModel, ForestModel, BoostingModel],
        _ => [RidgeModel, FewGenesModel, ElasticNetModel, ForestModel, BoostingModel],
    };

    internal const string ElasticNetModel = "elastic-net";
    internal const string RidgeModel = "ridge";
    internal const string DosageModel = "dosage";
    internal const string FewGenesModel = "few-genes";
    internal const string KmerModel = "k-mer";
    internal const string OneHotModel = "one-hot";
    internal const string NetworkModel = "network";

    // Each fold is a network more; they are averaged.
    private const int SequenceInnerFolds = 3;
    private const int ScratchEpochs = 20;
    private const double ScratchRate = 1e-3;
}
