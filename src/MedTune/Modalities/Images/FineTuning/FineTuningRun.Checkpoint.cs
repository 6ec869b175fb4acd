using MedTune.Graphs.Files;

namespace MedTune.Modalities.Images;

/// <content>What is kept between epochs.</content>
internal sealed partial class FineTuningRun
{
    /// <summary>Writes everything that the next epoch depends on.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_history.Count);
        foreach (var figures in _history)
        {
            writer.Write(figures.Epoch);
            writer.Write(figures.TrainedLoss);
            writer.Write(figures.CheckedLoss);
            writer.Write(figures.CheckedAccuracy);
        }

        byte[] best = OnnxFile.ToBytes(_best);
        writer.Write(_bestEpoch);
        writer.Write(best.Length);
        writer.Write(best);
        foreach (double loss in _losses)
        {
            writer.Write(loss);
        }

        _dynamics.Save(writer);
        _stage!.Trainer.Save(writer);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote, in a run made with the same arguments.</summary>
    public void Load(BinaryReader reader)
    {
        _history.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _history.Add(new EpochFigures(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()));
        }

        _bestEpoch = reader.ReadInt32();
        _best = OnnxFile.Read(reader.ReadBytes(reader.ReadInt32()).AsSpan());
        for (int i = 0; i < _losses.Length; i++)
        {
            _losses[i] = reader.ReadDouble();
        }

        _dynamics.Load(reader);
        Reach(Math.Max(0, Done - 1));
        _stage!.Trainer.Load(reader);
    }
}
