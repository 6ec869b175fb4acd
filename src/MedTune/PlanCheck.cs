using MedTune.Data.Augmentation;
using MedTune.Evaluation;
using MedTune.Modalities.Images;

namespace MedTune;

/// <summary>Refuses plans that cannot be carried out, naming the entry to change.</summary>
internal static class PlanCheck
{
    public static void Throw(Plan plan)
    {
        ThrowWithoutSource(plan);
        Require(plan.FromDigest == (plan.From?.Digest ?? ""), "The plan starts from a model that was not given, or another one; give it with --from.");
        Require((plan.Images?.NetworkDigest ?? "") == (plan.Images?.Network?.Digest ?? ""), "The plan starts from a network that was not given, or another one; give it with --from.");
    }

    /// <summary>Everything but whether the model it starts from is the right one.</summary>
    public static void ThrowWithoutSource(Plan plan)
    {
        Require(!plan.Columns.IsDefault && plan.Columns.All(column => column is { Name: not null, Use: not null }), "The plan's list of columns has holes.");
        Require(!plan.Accepted.IsDefault && plan.Accepted.All(answer => answer is not null), "The plan's list of accepted findings has holes.");
        Require(plan.Format == 1, $"The plan has form {plan.Format}; this version of MedTune carries out form 1.");
        string[] kinds = plan.Modality switch
        {
            Plan.TabularModality => [Plan.LogisticModel, Plan.BoostingModel, Plan.ForestModel, Plan.PerceptronModel],
            Plan.ImageModality => [Plan.FrozenModel, Plan.FineTunedModel],
            Plan.GeneModality => GeneKinds(plan.Genes),
            _ => throw new PlanException($"The plan is for '{plan.Modality}'; this version of MedTune trains on tables ('{Plan.TabularModality}'), pictures ('{Plan.ImageModality}') and gene data ('{Plan.GeneModality}')."),
        };
        Require((plan.Modality == Plan.ImageModality) == plan.Images is not null, "The plan's modality and its entry 'images' do not fit together: the entry is there for pictures only.");
        Require((plan.Modality == Plan.GeneModality) == plan.Genes is not null, "The plan's modality and its entry 'genes' do not fit together: the entry is there for gene data only.");
        Require(plan.Genes is null or { FoldsInTime: null or >= 1, Permutations: >= 0 and <= 10_000 }, "The plan's folds in time must be 1 or more, and its permutations from 0 to 10000.");
        string all = string.Join(", ", kinds[..^1].Select(kind => $"'{kind}'"));
        Require(!plan.Models.IsDefaultOrEmpty, $"The plan names no kind of model; give {all}, '{kinds[^1]}' or several of them.");
        foreach (string model in plan.Models)
        {
            Require(kinds.Contains(model, StringComparer.Ordinal), $"There is no kind of model '{model}'; there are {all} and '{kinds[^1]}'.");
        }

        if (plan.Images is { } images)
        {
            CheckImages(images, plan.Epochs);
        }

        Require(!plan.Penalties.IsDefaultOrEmpty && plan.Penalties.All(penalty => penalty >= 0 && double.IsFinite(penalty)), "The plan's penalties must be numbers from 0 up, at least one.");
        Require(!plan.HiddenUnits.IsDefaultOrEmpty && plan.HiddenUnits.All(units => units is >= 1 and <= 4096), "The plan's hidden units must be from 1 to 4096 in each layer, at least one layer.");
        Require(plan.Models.Distinct(StringComparer.Ordinal).Count() == plan.Models.Length, "The plan names a kind of model twice.");
        Require(plan.Adaptations is >= 1 and <= 10, "The plan's adaptations must be from 1 to 10.");
        Require(plan.Epochs is >= 1 and <= 100_000, "The plan's epochs must be from 1 to 100000.");
        Require(plan.BatchSize is >= 1 and <= 1 << 16, "The plan's batch size must be from 1 to 65536.");
        Require(plan.LearningRate is > 0 and <= 1, "The plan's learning rate must be above 0 and at most 1.");
        Require(plan.Patience >= 1, "The plan's patience must be at least 1.");
        Require(plan.Folds is >= 2 and <= 100, "The plan's folds must be from 2 to 100.");
        Require(plan.InnerFolds is >= 2 and <= 60, "The plan's inner folds must be from 2 to 60.");
        Require(plan.Search is >= 0 and <= 1000, "The plan's search must be from 0 to 1000 settings of each kind of model.");
        Require(plan.SealedShare is >= 0 and <= 0.9, "The plan's sealed share must be from 0 to 0.9.");
        Require(ThresholdRule.TryParse(plan.Threshold, out _), $"The threshold '{plan.Threshold}' is not understood; give youden, a probability such as 0.2, or a rule such as sensitivity>=0.9.");
    }

    private static string[] GeneKinds(GenePlan? genes) => genes?.Form switch
    {
        GenePlan.ExpressionForm => [Plan.RidgeModel, Plan.FewGenesModel, Plan.ElasticNetModel, Plan.ForestModel, Plan.BoostingModel],
        GenePlan.GenotypeForm => [Plan.RidgeModel, Plan.DosageModel, Plan.FewGenesModel, Plan.ElasticNetModel, Plan.ForestModel, Plan.BoostingModel],
        GenePlan.SequenceForm => [Plan.KmerModel, Plan.OneHotModel, Plan.NetworkModel],
        _ => throw new PlanException($"The plan's entry 'genes' must say the form of the data: '{GenePlan.ExpressionForm}', '{GenePlan.SequenceForm}' or '{GenePlan.GenotypeForm}'."),
    };

    private static void CheckImages(ImagePlan images, int epochs)
    {
        Require(images.NetworkDigest is not null && images.NetworkName is not null, "The plan's entry 'images' has holes.");
        Require(images is { Features: not null, Pooling: ImagePlan.MeanPooling or ImagePlan.MaxPooling }, $"The plan's pooling must be '{ImagePlan.MeanPooling}' or '{ImagePlan.MaxPooling}', and its features a text.");
        Require(images.Side is 0 or (>= 32 and <= 1024), "The plan's side of pictures must be from 32 to 1024, or 0 for that of the network.");
        Require(images.Augmentation is { } name && AugmentationPreset.Names.ContainsKey(name), $"There is no augmentation '{images.Augmentation}'; there are {string.Join(", ", AugmentationPreset.Names.Keys)}.");
        Require(images.CheckedShare is >= 0.05 and <= 0.5, "The plan's share of pictures to check on must be from 0.05 to 0.5.");
        Require(!images.Views.IsDefault && images.Views.All(view => view is not null && ImageViews.Names.ContainsKey(view)) && images.Views.Distinct(StringComparer.Ordinal).Count() == images.Views.Length, $"The plan's views must be of {string.Join(", ", ImageViews.Names.Keys)}, each once.");
        Require(
            !images.Views.Contains("turned", StringComparer.Ordinal) || images.Side > 0 || images.NetworkInput is not { } input || input.Height == input.Width,
            "The view 'turned' needs a network for square pictures, and this one looks at others; leave it out of --views, or give --side.");
        Require(images.HeadVariants is >= 1 and <= FineTuningRecipe.MostVariants, $"The plan's forms of a picture for heads must be from 1 to {FineTuningRecipe.MostVariants}.");
        Require(images.Recipe is not null, "The plan's entry 'images' has holes.");
        Require(images.Recipe!.Broken(epochs) is null, images.Recipe.Broken(epochs) + ".");
        Require(images is { EpochsInTime: null or >= 0, TrialsInTime: null or >= 0, FoldsInTime: null or >= 1 }, "The plan's epochs and trials in time must be 0 or more, its folds in time 1 or more.");
        Require(
            images is { RobustnessInTime: null or >= 0, NearestInTime: null or >= 0, CasesInTime: null or >= 0 },
            "The plan's pictures for robustness, nearest pictures and shown cases in time must be 0 or more.");
        Require(images.HeadPicturesInTime is null or >= HeadPace.Fewest, $"The plan's pictures for heads in time must be {HeadPace.Fewest} or more.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new PlanException(otherwise);
        }
    }
}
