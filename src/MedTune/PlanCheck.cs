using MedTune.Evaluation;

namespace MedTune;

/// <summary>Refuses plans that cannot be carried out, naming the entry to change.</summary>
internal static class PlanCheck
{
    public static void Throw(Plan plan)
    {
        Require(plan.Format == 1, $"The plan has form {plan.Format}; this version of MedTune carries out form 1.");
        Require(plan.Modality == "tabular", $"The plan is for '{plan.Modality}'; this version of MedTune trains on tables ('tabular').");
        Require(!plan.Models.IsDefaultOrEmpty, "The plan names no kind of model; give 'logistic', 'boosting', 'forest', 'perceptron' or several of them.");
        foreach (string model in plan.Models)
        {
            Require(
                model is Plan.LogisticModel or Plan.BoostingModel or Plan.ForestModel or Plan.PerceptronModel,
                $"There is no kind of model '{model}'; there are '{Plan.LogisticModel}', '{Plan.BoostingModel}', '{Plan.ForestModel}' and '{Plan.PerceptronModel}'.");
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
        Require(plan.SealedShare is >= 0 and <= 0.9, "The plan's sealed share must be from 0 to 0.9.");
        Require(ThresholdRule.TryParse(plan.Threshold, out _), $"The threshold '{plan.Threshold}' is not understood; give youden, a probability such as 0.2, or a rule such as sensitivity>=0.9.");
        Require(plan.FromDigest == (plan.From?.Digest ?? ""), "The plan starts from a model that was not given, or another one; give it with --from.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new PlanException(otherwise);
        }
    }
}
