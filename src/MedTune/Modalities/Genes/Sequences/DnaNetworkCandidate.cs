using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Dilated convolutional networks, one for each inner fold, whose margins are averaged; each is trained on the other folds for a fixed number of epochs.</summary>
/// <param name="start">A network that learned letters, with which training begins: its head first, then all (LP-FT: Kumar et al., ICLR 2022); null to begin from nothing.</param>
/// <param name="adjust">Changes the recipe that was made for the set; null to take it as it is.</param>
internal sealed class DnaNetworkCandidate(PretrainedDna? start = null, Func<DnaRecipe, DnaRecipe>? adjust = null) : GeneCandidate
{
    private const string OutOfFold = "out of fold", Probe = "probe";

    public override string Name => start is null ? "network" : "pretrained network";

    public override FitRecord Fit(GeneFitTask task, FitProgressFile progress)
    {
        var probe = SequenceProbe.Of(task);
        var recipe = DnaRecipe.For(task.Data.Length, task.Rows.Length, probe, start?.Facts);
        recipe = adjust?.Invoke(recipe) ?? recipe;
        using var training = new DnaTraining(task, recipe, start?.Graph);
        progress.TryLoad(training.Load);
        while (!training.IsOver)
        {
            training.Epoch();
            progress.Save(training.Save);
        }

        var record = new FitRecord { [Probe] = [probe.AnywhereLoss, probe.BothStrandsLoss, probe.ByPlaceLoss] };
        recipe.Write(record);
        DnaRecord.Write(record, training.Networks);
        record.SetFloats(OutOfFold, training.OutOfFold);
        return record;
    }

    public override GeneFit Build(GeneData data, FitRecord record)
    {
        var recipe = DnaRecipe.Read(record);
        var networks = DnaRecord.Read(record, recipe.Network(data, null).Graph);
        return new GeneFit(DnaEnsemble.Of(data, networks, recipe.BothStrands), recipe.Told(networks.Length), record.Floats(OutOfFold));
    }
}
